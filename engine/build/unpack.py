"""Put the files of an archive into a folder, whoever made the archive: nothing is written elsewhere.

What is refused, and then the whole archive: paths with ``..`` or a leading ``/``, links that lead out of the
folder by themselves or through others, paths behind a link (CVE-2007-4559, CVE-2025-4517), a path that is
there twice, a ``.git``, whose configuration names commands (git-config(1), core.fsmonitor), and sizes without
measure. Hard links, devices, owners and setuid cannot be said in an archive.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import zstandard

from engine.build.archive import (
    CHUNK,
    SKIPPED,
    BrokenArchiveError,
    Entry,
    Source,
    exactly,
    head_of,
    opened,
    signature_of,
)
from engine.build.writers import Writers, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LARGEST = 100 * 10**9  # bytes that an archive may unpack to; caches are a hundredth of it
LARGEST_INDEX = 200 * 10**6  # bytes, of about two million files

_NO_NAMES = frozenset(("", ".", ".."))  # "" comes of a leading or a double slash
_TYPES = (str, int, int, bool, str)


def unpack(source: Source, folder: Path, wanted: Callable[[str], bool]) -> int:
    """Put what is ``wanted`` of the archive into the empty ``folder``; gives the number of files.

    The whole archive is read, and its checksums are compared. Raises BrokenArchiveError, after which the
    folder is to be thrown away, and OSError for what is no fault of the archive.
    """
    try:
        stream = opened(source)
        entries = _checked(_index(stream))
        count = _put_all(stream, entries, f"{folder}/", wanted)
        if stream.read(1):
            raise BrokenArchiveError("something comes after its end")
        _check_links(entries, f"{folder.resolve()}/")
    except (zstandard.ZstdError, EOFError) as error:
        raise BrokenArchiveError(str(error)) from error
    except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
        raise BrokenArchiveError(f"`{error.filename}` is there twice") from error
    return count


def _index(stream: Source) -> Any:
    signature, length = head_of(stream)
    if length > LARGEST_INDEX:
        raise BrokenArchiveError("its index is too large")
    index = exactly(stream, length)
    if signature_of(index) != signature:
        raise BrokenArchiveError("its index is not what was signed")
    try:
        return json.loads(index)
    except (ValueError, RecursionError) as error:
        raise BrokenArchiveError("its index cannot be read") from error


def _checked(index: Any) -> list[Entry]:
    if not isinstance(index, list) or not all(_is_row(row) for row in index):
        raise BrokenArchiveError("its index is no list of files")
    entries = [Entry(path, "", *rest) for path, *rest in index]
    links = frozenset(entry.path for entry in entries if entry.link)
    for entry in entries:
        _check(entry, links)
    if sum(entry.size for entry in entries) > LARGEST:
        raise BrokenArchiveError(f"it unpacks to more than {LARGEST / 1e9:.0f} GB")
    if len({entry.path for entry in entries}) < len(entries):
        raise BrokenArchiveError("a path is there twice")
    return entries


def _is_row(row: object) -> bool:
    return isinstance(row, list) and [type(value) for value in row] == [*_TYPES]


def _check(entry: Entry, links: frozenset[str]) -> None:
    path = entry.path
    parts = path.split("/")
    if not _NO_NAMES.isdisjoint(parts) or "\0" in path + entry.link or entry.link.startswith("/"):
        raise BrokenArchiveError(f"`{path}` is outside of the app")
    if not SKIPPED.isdisjoint(parts):
        raise BrokenArchiveError(f"`{path}` is nothing that a build keeps")
    if entry.size < 0 or (entry.link and entry.size) or not 0 <= entry.mtime < 2**40:
        raise BrokenArchiveError(f"`{path}` cannot be like that")
    if links and any(path[:at] in links for at, sign in enumerate(path) if sign == "/"):
        raise BrokenArchiveError(f"`{path}` is behind a link")


def _put_all(stream: Source, entries: list[Entry], folder: str, wanted: Callable[[str], bool]) -> int:
    count = 0
    made = set()
    with Writers() as writers:
        for entry in entries:
            if not wanted(entry.path):
                for _ in _content(stream, entry.size):
                    pass
                continue
            if (parent := entry.path.rpartition("/")[0]) not in made:
                os.makedirs(folder + parent, exist_ok=True)  # noqa: PTH103  # a Path for each file is felt
                made.add(parent)
            target = folder + entry.path
            if entry.size <= CHUNK:
                writers.put(target, entry, exactly(stream, entry.size) if entry.size else b"")
            else:
                write_file(target, entry, _content(stream, entry.size))
            count += 1
    return count


def _content(stream: Source, size: int) -> Iterator[bytes]:
    while size:
        block = exactly(stream, min(size, CHUNK))
        size -= len(block)
        yield block


def _check_links(entries: list[Entry], folder: str) -> None:
    for entry in entries:
        # Through other links a link may lead elsewhere than it reads.
        if entry.link and not f"{os.path.realpath(folder + entry.path)}/".startswith(folder):
            raise BrokenArchiveError(f"`{entry.path}` is a link that leaves the app")
