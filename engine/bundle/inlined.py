"""Find the values of an environment in the files of a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bundle.origin import Inlined, forms, hashed
from engine.bundle.search import TEXT, chunks_of, pieces, position

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from engine.bundle.model import Bundle

_NAMED = 5  # files that are named for one value


def find_inlined(
    bundle: Bundle, variables: Mapping[str, str], private: Collection[str], salt: str
) -> tuple[Inlined, ...]:
    """Which of ``variables`` have their values in text files of ``bundle``; blocking, in bounded memory.

    Values below six characters are not looked for, and one must stand by itself (see
    :func:`engine.bundle.search.position`). The hashes of those in ``private`` are left out.
    """
    wanted: dict[str, str] = {}
    for name, value in variables.items():
        for form in forms(value):
            wanted.setdefault(form, name)
    found: dict[str, list[str]] = {}
    for file in bundle.files if wanted else ():
        if TEXT.match(file.content_type):
            for form in _in_file(bundle.file(file), {form: form.encode() for form in wanted}):
                found.setdefault(form, []).append(file.path)
    return tuple(_inlined(form, wanted[form], files, private, salt) for form, files in found.items())


def _inlined(form: str, variable: str, files: list[str], private: Collection[str], salt: str) -> Inlined:
    hash_ = "" if variable in private else hashed(salt, form)
    return Inlined(variable, hash_, tuple(files[:_NAMED]), len(files))


def _in_file(file: Path, wanted: Mapping[str, bytes]) -> Iterator[str]:
    left = dict(wanted)
    for piece in pieces(chunks_of(file), max(map(len, wanted.values())) + 2):
        for form in [form for form, value in left.items() if position(value, piece.text) >= 0]:
            del left[form]
            yield form
        if not left:
            return
