"""Find the values of an environment in the files of a bundle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.bundle.origin import Inlined, forms, hashed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from engine.bundle.model import Bundle

_TEXT = re.compile(r"text/|application/([\w.]+\+)?(json|xml|yaml)|image/svg")
_CHUNK = 1024 * 1024
_NAMED = 5  # files that are named for one value
_WORD = re.compile(rb"[A-Za-z]+")
_INSIDE_WORD = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_QUOTES = frozenset(b"\"'`<>=")


def find_inlined(
    bundle: Bundle, variables: Mapping[str, str], private: Collection[str], salt: str
) -> tuple[Inlined, ...]:
    """Which of ``variables`` have their values in text files of ``bundle``; blocking, in bounded memory.

    Values below six characters are not looked for. A value must stand by itself, and one that is a single
    word, such as a branch, beside a quote, ``<``, ``>`` or ``=``: as code has it and prose has not.
    The hashes of those in ``private`` are left out.
    """
    wanted: dict[str, str] = {}
    for name, value in variables.items():
        for form in forms(value):
            wanted.setdefault(form, name)
    found: dict[str, list[str]] = {}
    for file in bundle.files if wanted else ():
        if _TEXT.match(file.content_type):
            for form in _in_file(bundle.file(file), {form: form.encode() for form in wanted}):
                found.setdefault(form, []).append(file.path)
    return tuple(_inlined(form, wanted[form], files, private, salt) for form, files in found.items())


def _inlined(form: str, variable: str, files: list[str], private: Collection[str], salt: str) -> Inlined:
    hash_ = "" if variable in private else hashed(salt, form)
    return Inlined(variable, hash_, tuple(files[:_NAMED]), len(files))


def _in_file(file: Path, wanted: Mapping[str, bytes]) -> Iterator[str]:
    left = dict(wanted)
    for text in _windows(file, max(map(len, wanted.values())) + 2):
        for form in [form for form, value in left.items() if _stands_in(value, text)]:
            del left[form]
            yield form
        if not left:
            return


def _windows(file: Path, overlap: int) -> Iterator[bytes]:
    """The content in overlapping pieces, with a line break before the first and after the last."""
    rest = b"\n"
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            if len(chunk) < _CHUNK:
                chunk += b"\n"
            yield rest + chunk
            rest = (rest + chunk)[-overlap:]
    yield rest + b"\n"


def _stands_in(value: bytes, text: bytes) -> bool:
    at = text.find(value)
    while at >= 0:
        around = text[max(at - 1, 0) : at] + text[at + len(value) : at + len(value) + 1]
        # With less than two signs around, it is at the end of this piece, and inside of the next.
        if len(around) == 2 and _by_itself(value, around):
            return True
        at = text.find(value, at + 1)
    return False


def _by_itself(value: bytes, around: bytes) -> bool:
    if not _INSIDE_WORD.isdisjoint(around):
        return False
    return not _WORD.fullmatch(value) or not _QUOTES.isdisjoint(around)
