"""Search files for byte strings, in bounded memory: a file is read in overlapping pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TEXT = re.compile(r"text/|application/([\w.]+\+)?(json|xml|yaml)|image/svg")
_CHUNK = 1024 * 1024
_WORD = re.compile(rb"[A-Za-z]+")
_INSIDE_WORD = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_QUOTES = frozenset(b"\"'`<>=")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file, which begins at ``line`` and ``column`` of it (from 1)."""

    text: bytes
    line: int
    column: int

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of the byte ``at`` of the piece."""
        breaks = self.text.count(b"\n", 0, at)
        column = at - self.text.rfind(b"\n", 0, at) if breaks else self.column + at
        return self.line + breaks, column


def chunks_of(file: Path) -> Iterator[bytes]:
    """The content of ``file``, a megabyte at a time."""
    with file.open("rb", buffering=0) as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


def pieces(chunks: Iterable[bytes], overlap: int) -> Iterator[Piece]:
    """The content in pieces that share ``overlap`` bytes, with a line break before the first and after the
    last, so that there is a sign on both sides of whatever stands in it.
    """
    rest, last = Piece(b"\n", 0, 1), b""
    for chunk in chunks:
        if last:
            piece = Piece(rest.text + last, rest.line, rest.column)
            yield piece
            cut = max(len(piece.text) - overlap, 0)
            rest = Piece(piece.text[cut:], *piece.place(cut))
        last = chunk
    yield Piece(rest.text + last + b"\n", rest.line, rest.column)


def position(value: bytes, text: bytes) -> int:
    """Where ``value`` stands by itself in ``text``, -1 for nowhere.

    One that is a single word must be beside a quote, ``<``, ``>`` or ``=``: as code has it and prose has not.
    """
    at = text.find(value)
    while at >= 0:
        around = text[max(at - 1, 0) : at] + text[at + len(value) : at + len(value) + 1]
        # With less than two signs around, it is at the end of this piece, and inside of the next.
        if len(around) == 2 and _by_itself(value, around):
            return at
        at = text.find(value, at + 1)
    return -1


def _by_itself(value: bytes, around: bytes) -> bool:
    if not _INSIDE_WORD.isdisjoint(around):
        return False
    return not _WORD.fullmatch(value) or not _QUOTES.isdisjoint(around)
