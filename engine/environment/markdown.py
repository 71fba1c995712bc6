"""Tables and code of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with the line of its ``columns``."""
    lines = (columns, ["---"] * len(columns), *rows)
    return "\n".join(f"| {' | '.join(_cells(line))} |" for line in lines) + "\n"


def _cells(line: Sequence[str]) -> Iterator[str]:
    return (cell.replace("|", "\\|").replace("\n", " ") for cell in line)


def code(text: str) -> str:
    """``text`` as it is, in the letters of code."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"
