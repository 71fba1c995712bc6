"""Put redirects into the text of an ``amplify.yml``; comments and layout stay."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from engine.errors import UsageError, Where
from engine.spec.examine import examine_spec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.spec.model import Redirect, SpecFile
    from engine.spec.node import Node

_PLAIN = re.compile(r"(/|https?://[A-Za-z0-9])[A-Za-z0-9/_.<*>~=+-]*")
_ITEM = re.compile(r"(\s*)-\s")


def lines_of(redirects: Iterable[Redirect]) -> list[str]:
    """The rules in YAML, one a line, as items of a list."""
    return [f"- {_flow(redirect)}" for redirect in redirects]


def with_redirects(text: str, file: str, number: int | None, lines: list[str]) -> str:
    """``text`` with ``lines`` at the end of the ``redirects`` of an application.

    ``number`` is its position, None where the file has no ``applications``; ``file`` is only named in
    messages. Raises UsageError, with the lines, where they do not fit in by themselves: the list is in
    brackets, or the file has errors.
    """
    before = examine_spec(text.encode(), file)
    scope = ("applications", number) if number is not None else ()
    entry = before.root.nearest(scope)
    end = "\r\n" if "\r\n" in text else "\n"
    have = text.splitlines()
    at, block = _place(have, entry, scope != (), lines)
    proposed = end.join([*have[:at], *block, *have[at:]]) + end
    after = examine_spec(proposed.encode(), file)
    if not _only_more(before.model, after.model, number, len(lines)):
        raise UsageError(
            "the rules do not fit into the file by themselves",
            hint="Write them into it by hand, below `redirects:`.",
            where=Where(file),
            details=tuple(lines),
        )
    return proposed


def _place(have: list[str], entry: Node, nested: bool, lines: list[str]) -> tuple[int, list[str]]:
    """Before which line to put what."""
    keys = list(entry.mapping.values())
    indent = ((keys[0].where.column if keys else None) or 1) - 1 if nested else 0
    found = entry.child("redirects")
    if found is None:
        start = (keys[0].where.line or 1) - 1 if keys else 0
        at = _end(have, start, indent)
        return at, _indented(["redirects:", *(f"  {line}" for line in lines)], indent)
    key = (found.where.line or 1) - 1
    at = _end(have, key, indent + 1)
    item = next((m for line in have[key + 1 : at] if (m := _ITEM.match(line))), None)
    return at, _indented(lines, len(item[1]) if item else indent + 2)


def _end(have: list[str], start: int, indent: int) -> int:
    """The line after the last that is as deep as ``indent``, from ``start`` on; blank lines stay outside."""
    end = start + 1
    for number in range(start + 1, len(have)):
        line = have[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        depth = len(line) - len(line.lstrip(" "))
        if depth < indent and not (depth == indent - 1 and _ITEM.match(line)):
            break
        end = number + 1
    return end


def _indented(lines: list[str], by: int) -> list[str]:
    return [" " * by + line for line in lines]


def _only_more(before: SpecFile | None, after: SpecFile | None, number: int | None, more: int) -> bool:
    if before is None or after is None:
        return False
    old, new = (m if number is None else m.applications[number] for m in (before, after))
    kept = new.model_copy(update={"redirects": new.redirects[: len(old.redirects)]})
    rules = sum(1 for _ in new.redirects) - len(old.redirects)
    return kept == old and rules <= more and (rules > 0 or more == 0)


def _flow(redirect: Redirect) -> str:
    pairs = [f"{name}: {_text(getattr(redirect, name))}" for name in ("source", "target", "status")]
    pairs += [f"condition: {_text(redirect.condition)}"] if redirect.condition else []
    return f"{{{', '.join(pairs)}}}"


def _text(value: str) -> str:
    if _PLAIN.fullmatch(value) or value in ("200", "301", "302", "404", "404-200"):
        return value
    return json.dumps(value, ensure_ascii=False)
