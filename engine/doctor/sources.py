"""What the sources of an app read and import, found with one pass of regular expressions over each file.

No file is parsed: that keeps thousands of them well below a second. What is in a comment is left out as far
as its line tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

KINDS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro")
LARGEST = 512 * 1024  # bytes; more is generated or minified

_READ = re.compile(rb"(import\.meta|process)\.env(?:\?\.|\.|(?:\?\.)?\[\s*[\"'])([A-Za-z_]\w*)")
_UNPACKED = re.compile(rb"\{([^{}]*)\}\s*=\s*(import\.meta|process)\.env\b(?!\s*[.\[?])")
_STATIC = re.compile(rb"import\s*\{([^{}]*)\}\s*from\s*[\"']\$env/static/(?:public|private)[\"']")
_IMPORTED = re.compile(rb"[\"'](\.\.?/[^\"'\n]*)[\"']")
_BEFORE_PATH = (b"from", b"import", b"import(", b"require(")
_DEFAULTED = (b"||", b"??", b"==", b"!=", b"&&", b"? ", b"?\n")
_ASKED = (b"!", b"typeof ", b"Boolean(")
_COMMENT = (b"//", b"*", b"/*", b"<!--")
_CONDITION = (b"if (", b"if(", b"} else if", b"else if")


@dataclass(frozen=True, slots=True)
class Read:
    """A variable of the build that the code reads at ``offset``, by ``way``: ``import.meta``, ``process`` or
    ``$env``. ``optional`` says that the code goes on without it.
    """

    name: str
    way: str
    offset: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """A path as the code names it, relative to its own file."""

    path: str
    offset: int


@dataclass(frozen=True, slots=True)
class Source:
    """``file`` is a path from the project's folder."""

    file: str
    reads: tuple[Read, ...]
    imports: tuple[Import, ...]


def scan_all(folder: Path, files: Iterable[str]) -> tuple[Source, ...]:
    """Every source among ``files`` that reads a variable or imports a file by its path, in their order."""
    found = (scan(folder, file) for file in files if file.endswith(KINDS) and ".min." not in file)
    return tuple(source for source in found if source is not None)


def scan(folder: Path, file: str) -> Source | None:
    """The source in ``file``; None where it says nothing, is too large, or cannot be read."""
    try:
        with open(f"{folder}/{file}", "rb") as opened:  # noqa: PTH123 (Path.open takes as long again)
            data = opened.read(LARGEST + 1)
    except OSError:
        return None
    if len(data) > LARGEST:
        return None
    reads, imports = tuple(reads_in(data)), tuple(imports_in(data))
    return Source(file, reads, imports) if reads or imports else None


def reads_in(data: bytes) -> Iterator[Read]:
    """The variables of the build that the code in ``data`` reads."""
    if b"env" not in data:
        return
    for found in _READ.finditer(data):
        if not _in_comment(data, found.start()) and not _is_assigned(data, found.end()):
            optional = _is_optional(data, found.start(), found.end())
            yield Read(found[2].decode(), found[1].decode(), found.start(), optional)
    for found in _UNPACKED.finditer(data):
        yield from _named(data, found, found[2].decode())
    for found in _STATIC.finditer(data):
        yield from _named(data, found, "$env")


def imports_in(data: bytes) -> Iterator[Import]:
    """The files that the code in ``data`` imports by a relative path; queries (``?url``) are left out."""
    for found in _IMPORTED.finditer(data):
        at = found.start()
        before = data[max(0, at - 24) : at].rstrip()
        if before.endswith(_BEFORE_PATH) and not _in_comment(data, at):
            path = re.split(rb"[?#]", found[1])[0].decode(errors="replace")
            yield Import(path, found.start(1))


def line_at(folder: Path, file: str, offset: int) -> int:
    """The line, from 1, of ``offset`` in ``file``."""
    with (folder / file).open("rb") as opened:
        return opened.read(offset).count(b"\n") + 1


def _named(data: bytes, found: re.Match[bytes], way: str) -> Iterator[Read]:
    if _in_comment(data, found.start()):
        return
    for entry in re.finditer(rb"(?:^|,)\s*(\w+)([^,]*)", found[1]):
        if entry[1][:1].isalpha() or entry[1][:1] == b"_":
            yield Read(entry[1].decode(), way, found.start(1) + entry.start(1), b"=" in entry[2])


def _in_comment(data: bytes, at: int) -> bool:
    line = _line_before(data, at)
    return line.startswith(_COMMENT) or b" // " in line


def _line_before(data: bytes, at: int) -> bytes:
    return data[data.rfind(b"\n", 0, at) + 1 : at].lstrip()


def _is_assigned(data: bytes, end: int) -> bool:
    return bool(re.match(rb"[\"'\]]*\s*=(?![=>])", data[end : end + 8]))


def _is_optional(data: bytes, start: int, end: int) -> bool:
    after = data[end : end + 16].lstrip(b"\"'])").lstrip(b" \n\t")
    before = _line_before(data, start)
    return after.startswith(_DEFAULTED) or before.endswith(_ASKED) or before.startswith(_CONDITION)
