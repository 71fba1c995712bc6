"""Markdown from plain values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROLE = re.compile(r":\w+:`~?(?:[\w.]*\.)?(\w+)`")


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; the cells are Markdown."""
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cell.replace(chr(10), ' ') for cell in line)} |" for line in lines)


def code(text: str) -> str:
    """``text`` as code, whatever is in it."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}" if text else ""


def prose(text: str) -> str:
    """A docstring or description: code stays code, everything else is text."""
    parts = without_roles(text).split("`")
    return "".join(code(part) if number % 2 else _escaped(part) for number, part in enumerate(parts))


def without_roles(text: str) -> str:
    """A docstring whose code and Sphinx roles (``:class:`~engine.run.Run` ``) are Markdown's code."""
    return _ROLE.sub(r"`\1`", text).replace("``", "`")


def anchor(key: str) -> str:
    """The id of a key's heading."""
    return key.replace("*", "name").replace(" ", "-")


def small(markdown: str) -> str:
    """Lines in small print."""
    return f'<div class="facts" markdown>\n\n{markdown}\n\n</div>'


def _escaped(text: str) -> str:
    return re.sub(r"([<>*_\[\]|])", r"\\\1", text).replace("\\<", "&lt;").replace("\\>", "&gt;")
