"""A zstd-compressed tar of files and symbolic links, with a signature of what is in it."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from engine.build.patterns import Patterns

_SIGNATURE = "WINDLASS.signature"
_LEVEL = 3  # of zstd: 378 MB of node_modules in two seconds; higher levels gain little
_BUFFER = 512 * 256  # bytes
_SKIPPED = (".git", ".windlass", ".windlass-cache")


class BrokenArchiveError(Exception):
    """The archive cannot be read, or holds what no build put there."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A file, or a symbolic link to ``link``. ``path`` is relative with ``/``, ``mtime`` in whole seconds."""

    path: str
    file: str
    size: int
    mtime: int
    mode: int
    link: str


def entries_of(root: Path, patterns: Patterns) -> tuple[Entry, ...]:
    """What ``patterns`` name below ``root``, sorted: nothing behind a link, and no link out of ``root``."""
    root = root.resolve()
    found: dict[str, Entry] = {}
    for start in patterns.starts:
        top = root / start
        if top.resolve() == top:  # else it is behind a link
            found |= {entry.path: entry for entry in _entries_at(top, start, patterns)}
    return tuple(sorted(found.values()))


def signature_of(entries: Iterable[Entry]) -> str:
    """SHA-256 (hex) over paths, sizes, times, modes and links: cheap, because it reads no file."""
    rows = [[e.path, e.size, e.mtime, e.mode, e.link] for e in entries]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def signature_in(archive: Path) -> str | None:
    """The signature of what ``archive`` holds; None where there is none that can be read."""
    try:
        with archive.open("rb") as file, _reading(file) as tar:
            return tar.pax_headers.get(_SIGNATURE)
    except (OSError, tarfile.TarError, zstandard.ZstdError):
        return None


def pack(stream: IO[bytes], entries: Iterable[Entry], signature: str) -> None:
    """Write ``entries`` to ``stream``, on all cores, with a bounded memory. Raises OSError."""
    compressor = zstandard.ZstdCompressor(level=_LEVEL, threads=-1, write_checksum=True)
    with (
        compressor.stream_writer(stream, closefd=False) as out,
        tarfile.open(fileobj=out, mode="w|", bufsize=_BUFFER, pax_headers={_SIGNATURE: signature}) as tar,
    ):
        for entry in entries:
            _add(tar, entry)


def unpack(archive: Path, folder: Path, wanted: Callable[[str], bool]) -> int:
    """Put what is ``wanted`` of ``archive`` into the empty ``folder``; gives the number of files.

    Nothing is written outside of ``folder``: Python's own filter for tar data
    (https://docs.python.org/3/library/tarfile.html#tarfile.data_filter) refuses that, and here also anything
    behind a link, which older versions of that filter let through (CVE-2025-4517).
    Raises BrokenArchiveError, and OSError for what is no fault of the archive.
    """
    if not hasattr(tarfile, "data_filter"):
        raise OSError("this Python cannot unpack archives safely, 3.11.4 can")
    count = 0
    links: set[PurePosixPath] = set()
    try:
        with archive.open("rb") as file, _reading(file) as tar:
            for member in tar:
                path = _checked(member, links)
                if wanted(member.name):
                    tar.extract(member, folder, filter="data")
                    count += 1
                    links |= {path} if member.issym() else set()
            _read_to_the_end(tar)
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise BrokenArchiveError(str(error)) from error
    return count


def _entries_at(top: Path, start: str, patterns: Patterns) -> Iterator[Entry]:
    if top.is_dir():
        yield from _entries_in(top, f"{start}/" if start else "", patterns)
    elif top.is_file() and patterns.matches(start):
        yield _entry(start, os.fspath(top), top.stat())


def _entries_in(folder: os.PathLike[str], prefix: str, patterns: Patterns) -> Iterator[Entry]:
    for found in os.scandir(folder):
        path = f"{prefix}{found.name}"
        if found.is_dir(follow_symlinks=False):
            if found.name not in _SKIPPED and not patterns.prunes(path):
                yield from _entries_in(found, f"{path}/", patterns)
        elif found.is_symlink():
            link = str(Path(found).readlink())
            if patterns.matches(path) and not _leaves(path, link):
                yield _entry(path, found.path, found.stat(follow_symlinks=False), link)
        elif found.is_file() and patterns.matches(path):
            yield _entry(path, found.path, found.stat())


def _entry(path: str, file: str, status: os.stat_result, link: str = "") -> Entry:
    size = 0 if link else status.st_size
    return Entry(path, file, size, int(status.st_mtime), stat.S_IMODE(status.st_mode) & 0o755, link)


def _leaves(path: str, target: str) -> bool:
    at = os.path.normpath(os.path.join(os.path.dirname(path), target))  # noqa: PTH118, PTH120
    return os.path.isabs(target) or at.split("/")[0] == ".."  # noqa: PTH117


def _add(tar: tarfile.TarFile, entry: Entry) -> None:
    member = tarfile.TarInfo(entry.path)
    member.mtime, member.mode, member.size = entry.mtime, entry.mode, entry.size
    if entry.link:
        member.type, member.linkname = tarfile.SYMTYPE, entry.link
        tar.addfile(member)
    else:
        with Path(entry.file).open("rb") as file:
            tar.addfile(member, file)


def _reading(file: IO[bytes]) -> tarfile.TarFile:
    stream = zstandard.ZstdDecompressor().stream_reader(file)
    return tarfile.open(fileobj=stream, mode="r|", bufsize=_BUFFER)


def _checked(member: tarfile.TarInfo, links: set[PurePosixPath]) -> PurePosixPath:
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts or not (member.isfile() or member.issym()):
        raise BrokenArchiveError(f"`{member.name}` is not a file of the app")
    if not links.isdisjoint({path, *path.parents}):
        raise BrokenArchiveError(f"`{member.name}` is behind a link")
    return path


def _read_to_the_end(tar: tarfile.TarFile) -> None:
    # The checksum of the whole comes last.
    while tar.fileobj is not None and tar.fileobj.read(_BUFFER):
        pass
