"""Find secrets in the files of a bundle, before they are public: known ones, and what looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bundle.lookalikes import LONGEST, lookalikes
from engine.bundle.search import TEXT, pieces, position
from engine.secrets.forms import forms_of
from engine.secrets.model import SHORTEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.bundle.search import Piece

_SURE = 10  # characters of a value that is no accident wherever it stands,
_NO_WORD = 24  # and of one that is no word of any language
_RANDOM = re.compile(r"[A-Za-z0-9+/=_.-]{24,}")


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret at a place of a file: the one called ``secret``, or else ("") what looks like a ``kind``.

    ``form`` says how the value stands there.
    """

    path: str
    line: int
    column: int
    secret: str = ""
    form: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Needle:
    """One form of a secret's value; one that stands ``alone`` has no letter or digit beside it."""

    secret: str
    form: str
    value: bytes
    alone: bool


def needles(secrets: Mapping[str, str]) -> tuple[Needle, ...]:
    """What to look for: every form of every value, and of a value of several lines (a key file) also each
    line that is nothing but random. Values below six characters would be found in ordinary text.
    """
    found: dict[bytes, Needle] = {}
    for name, whole in secrets.items():
        lines = [line for line in map(str.strip, whole.splitlines()) if _RANDOM.fullmatch(line)]
        for value in dict.fromkeys((whole.strip(), *lines)):
            for text, form in forms_of(value) if len(value) >= SHORTEST else ():
                alone = form == "as it is" and len(value) < (_NO_WORD if value.isalpha() else _SURE)
                data = text.encode(errors="surrogateescape")
                found.setdefault(data, Needle(name, form, data, alone))
    return tuple(found.values())


def leaks_in(
    path: str, content_type: str, chunks: Iterable[bytes], wanted: tuple[Needle, ...]
) -> Iterator[Leak]:
    """The first place of each secret, and of each kind of thing that looks like one, in a file.

    ``chunks`` are its content; memory is bounded by their size.
    """
    overlap = max(LONGEST, *(len(needle.value) + 2 for needle in wanted), 2)
    seen: set[str] = set()
    looks = bool(TEXT.match(content_type))
    for piece in pieces(chunks, overlap):
        for leak in (*_known(path, piece, wanted), *(_alike(path, piece) if looks else ())):
            if (what := leak.secret or leak.kind) not in seen:
                seen.add(what)
                yield leak


def _known(path: str, piece: Piece, wanted: tuple[Needle, ...]) -> Iterator[Leak]:
    text = piece.text
    for needle in [needle for needle in wanted if needle.value in text]:
        at = position(needle.value, text) if needle.alone else text.find(needle.value)
        if at >= 0:
            yield Leak(path, *piece.place(at), secret=needle.secret, form=needle.form)


def _alike(path: str, piece: Piece) -> Iterator[Leak]:
    for at, kind in lookalikes(piece.text):
        yield Leak(path, *piece.place(at), kind=kind)
