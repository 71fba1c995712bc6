"""What changed between the old inputs and the new, and what that asks of AWS."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from engine.local.provider.canonical import canonical
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.local.provider.fields import Field, Fields

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One property that differs. ``replaces``: AWS cannot change it, a new resource is needed."""

    path: Path
    kind: Literal["add", "delete", "update"]
    replaces: bool

    def __str__(self) -> str:
        """The path as Pulumi writes it: ``tags["windlass:app"]``, ``origins[0].domainName``."""
        rest = "".join(_segment(part) for part in self.path[1:])
        return f"{self.path[0]}{rest}"


def changes(fields: Fields, old: Values, new: Values, ignored: Iterable[str] = ()) -> list[Change]:
    """Every difference between two sets of inputs, but for those below an ``ignored`` property path."""
    skipped = [_parse(path) for path in ignored]
    found = (change for name, declared in fields.items() for change in _of_input(name, declared, old, new))
    return [change for change in found if not any(_is_below(change.path, path) for path in skipped)]


def _of_input(name: str, declared: Field, old: Values, new: Values) -> Iterator[Change]:
    if declared.computed and new.get(name) is None:
        return
    before, after = canonical(declared, old.get(name)), canonical(declared, new.get(name))
    yield from _between(declared, before, after, (name,), declared.replaces)


def _between(declared: Field, old: Any, new: Any, path: Path, replaces: bool) -> Iterator[Change]:
    if old == new and new is not UNKNOWN:
        return
    if isinstance(old, dict) and isinstance(new, dict) and declared.kind in ("block", "map"):
        for name in {**old, **new}:
            inner = declared.fields.get(name, declared)
            yield from _between(inner, old.get(name), new.get(name), (*path, name), replaces)
    elif declared.kind == "list" and declared.item and old and new and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _between(declared.item, before, after, (*path, index), replaces)
    else:
        yield Change(path, "add" if old is None else "delete" if new is None else "update", replaces)


def _segment(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{part}" if re.fullmatch(r"[A-Za-z_][\w-]*", part) else f"[{json.dumps(part)}]"


def _parse(path: str) -> Path:
    """A property path of ``ignoreChanges`` as its parts; ``*`` stands for any part."""
    tokens = re.findall(r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[(\*)\]|([^.\[\]]+)', path)
    return tuple(int(index) if index else quoted or star or name for quoted, index, star, name in tokens)


def _is_below(path: Path, ignored: Path) -> bool:
    pairs = zip(path, ignored, strict=False)
    return len(ignored) <= len(path) and all(want in ("*", part) for part, want in pairs)
