"""What the sources of an app read and import, found with one pass of regular expressions over each file.

No file is parsed: that keeps thousands of them well below a second. What is in a comment is left out as far
as its line tells.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

KINDS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte", ".astro")
LARGEST = 512 * 1024  # bytes; more is generated or minified

# Each begins with a literal: for those, the search runs at the speed of memory.
_READ = re.compile(rb"\.env(?:\?\.|\.|(?:\?\.)?\[\s*[\"'])([A-Za-z_]\w*)")
_UNPACKED = re.compile(rb"=\s*(import\.meta|process)\.env\b(?!\s*[.\[?])")
_STATIC = re.compile(rb"\$env/static/(?:public|private)[\"']")
_PATHS = (re.compile(rb"'([.@~]\.?/[^'\n]*)'"), re.compile(rb'"([.@~]\.?/[^"\n]*)"'))
_WAYS = (b"import.meta", b"process")
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
    """A path as the code names it: relative to its own file, or behind an alias (``@/``, ``~/``)."""

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
    data = _contents(f"{folder}/{file}")
    reads, imports = tuple(reads_in(data)), tuple(imports_in(data))
    return Source(file, reads, imports) if reads or imports else None


def reads_in(data: bytes) -> Iterator[Read]:
    """The variables of the build that the code in ``data`` reads."""
    for found in _READ.finditer(data) if b".env" in data else ():
        way = next((way for way in _WAYS if data.endswith(way, 0, found.start())), b"")
        at = found.start() - len(way)
        if way and not is_comment(data, at) and not _is_assigned(data, found.end()):
            yield Read(found[1].decode(), way.decode(), at, _is_optional(data, at, found.end()))
    for found in _UNPACKED.finditer(data) if b".env" in data else ():
        yield from _named(data, data.rfind(b"{", 0, found.start()), found.start(), found[1].decode())
    for found in _STATIC.finditer(data):
        yield from _named(data, data.rfind(b"{", 0, found.start()), found.start(), "$env")


def imports_in(data: bytes) -> Iterator[Import]:
    """The files that the code in ``data``, comments included, imports by a path; queries (``?url``) are left
    out.
    """
    for found in (match for pattern in _PATHS for match in pattern.finditer(data)):
        at = found.start()
        if data[max(0, at - 16) : at].rstrip().endswith(_BEFORE_PATH):
            path = found[1].partition(b"?")[0].partition(b"#")[0]
            yield Import(path.decode(errors="replace"), at + 1)


def is_comment(data: bytes, at: int) -> bool:
    """Whether what stands at ``at`` is in a comment, as far as its line tells."""
    line = _line_before(data, at)
    return line.startswith(_COMMENT) or b" // " in line


def line_at(folder: Path, file: str, offset: int) -> int:
    """The line, from 1, of ``offset`` in ``file``."""
    with (folder / file).open("rb") as opened:
        return opened.read(offset).count(b"\n") + 1


def _contents(path: str) -> bytes:
    try:
        with open(path, "rb", 0) as file:  # noqa: PTH123 (Path.open takes as long again)
            return file.readall() if os.fstat(file.fileno()).st_size <= LARGEST else b""
    except OSError:
        return b""


def _named(data: bytes, begin: int, end: int, way: str) -> Iterator[Read]:
    """The names in the braces that open at ``begin`` and close before ``end``."""
    inner, close, _ = data[begin + 1 : end].partition(b"}")
    if begin < 0 or not close or is_comment(data, begin):
        return
    for entry in re.finditer(rb"(?:^|,)\s*([A-Za-z_]\w*)([^,]*)", inner):
        yield Read(entry[1].decode(), way, begin + 1 + entry.start(1), b"=" in entry[2])


def _line_before(data: bytes, at: int) -> bytes:
    return data[data.rfind(b"\n", 0, at) + 1 : at].lstrip()


def _is_assigned(data: bytes, end: int) -> bool:
    return bool(re.match(rb"[\"'\]]*\s*=(?![=>])", data[end : end + 8]))


def _is_optional(data: bytes, start: int, end: int) -> bool:
    after = data[end : end + 16].lstrip(b"\"'])").lstrip(b" \n\t")
    before = _line_before(data, start)
    return after.startswith(_DEFAULTED) or before.endswith(_ASKED) or before.startswith(_CONDITION)
