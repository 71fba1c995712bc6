"""An archive of files and symbolic links: one zstd stream that says first what is in it.

``MAGIC``, the signature (SHA-256 of the index, hex), the length of the index (16 digits, hex), the index, and
the contents of the files one after another. The index is a JSON list of ``[path, size, mtime, executable,
link]``.

It is no tar, because a tar can say what no cache needs and its reader must then refuse (hard links, devices,
owners, setuid), and because the headers of 27,000 files cost more than their compression.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, cast

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.build.patterns import Patterns

SKIPPED = frozenset((".git", ".windlass", ".windlass-cache"))  # never kept, and never put back
CHUNK = 1 << 20  # bytes
MAGIC = b"windlass cache 1\n"
HEAD = len(MAGIC) + 64 + 16

_LEVEL = 1  # of zstd: a tenth larger than at 3, in two thirds of the time


class BrokenArchiveError(Exception):
    """The archive cannot be read, or holds what no build put there."""


class Source(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A file, or a symbolic link to ``link``. ``path`` is relative with ``/``, ``mtime`` in whole seconds;
    ``file`` is where it is now.
    """

    path: str
    file: str
    size: int
    mtime: int
    executable: bool
    link: str


def entries_of(root: Path, patterns: Patterns) -> tuple[Entry, ...]:
    """What ``patterns`` name below ``root``, sorted: nothing behind a link, and no link out of ``root``."""
    root = root.resolve()
    found: dict[str, Entry] = {}
    for start in patterns.starts:
        top = root / start
        if top.resolve() == top:  # else it is behind a link
            found |= {entry.path: entry for entry in _entries_at(top, start, patterns, f"{root}/")}
    return tuple(sorted(found.values()))


def index_of(entries: Iterable[Entry]) -> bytes:
    """The index. It tells whether anything changed: it is cheap, because no file is read for it."""
    return json.dumps([[e.path, e.size, e.mtime, e.executable, e.link] for e in entries]).encode()


def signature_of(index: bytes) -> str:
    """SHA-256 (hex) of an index."""
    return hashlib.sha256(index).hexdigest()


def signature_in(source: Source) -> str | None:
    """The signature in an archive, from its first bytes; None where there is none."""
    try:
        return head_of(opened(source))[0]
    except (BrokenArchiveError, zstandard.ZstdError):
        return None


def opened(source: Source) -> Source:
    """The content of an archive, to be read from beginning to end."""
    return cast("Source", zstandard.ZstdDecompressor().stream_reader(cast("IO[bytes]", source)))


def head_of(stream: Source) -> tuple[str, int]:
    """The signature and the length of the index. Raises BrokenArchiveError."""
    head = exactly(stream, HEAD)
    try:
        signature, length = head.removeprefix(MAGIC)[:64].decode("ascii"), int(head[-16:], 16)
    except ValueError:
        length = -1
    if length < 0 or not head.startswith(MAGIC):
        raise BrokenArchiveError("it is no archive of a cache")
    return signature, length


def exactly(stream: Source, size: int) -> bytes:
    """The next ``size`` bytes. Raises BrokenArchiveError where there are fewer."""
    content = stream.read(size)
    if len(content) != size:
        raise BrokenArchiveError("it is cut short")
    return content


def packed(entries: Iterable[Entry], index: bytes) -> Iterator[bytes]:
    """The archive of ``entries`` in chunks, compressed on all cores, with a bounded memory. Raises
    OSError."""
    compressor = zstandard.ZstdCompressor(level=_LEVEL, threads=-1, write_checksum=True)
    chunker = compressor.chunker(chunk_size=CHUNK)
    yield from chunker.compress(MAGIC + f"{signature_of(index)}{len(index):016x}".encode() + index)
    for block in _blocks(entries):
        yield from chunker.compress(block)
    yield from chunker.finish()  # type: ignore[no-untyped-call]


def _entries_at(top: Path, start: str, patterns: Patterns, root: str) -> Iterator[Entry]:
    if top.is_dir():
        yield from _entries_in(top, f"{start}/" if start else "", patterns, root)
    elif top.is_file() and patterns.matches(start):
        yield _entry(start, os.fspath(top), top.stat())


def _entries_in(folder: os.PathLike[str], prefix: str, patterns: Patterns, root: str) -> Iterator[Entry]:
    for found in os.scandir(folder):
        path = f"{prefix}{found.name}"
        if found.name in SKIPPED:
            continue
        if found.is_dir(follow_symlinks=False):
            if not patterns.prunes(path):
                yield from _entries_in(found, f"{path}/", patterns, root)
        elif found.is_symlink():
            if patterns.matches(path) and _stays(found.path, root):
                yield _entry(path, found.path, found.stat(follow_symlinks=False), str(Path(found).readlink()))
        elif found.is_file() and patterns.matches(path):
            yield _entry(path, found.path, found.stat())


def _entry(path: str, file: str, status: os.stat_result, link: str = "") -> Entry:
    if link:
        return Entry(path, file, 0, int(status.st_mtime), False, link)
    return Entry(path, file, status.st_size, int(status.st_mtime), bool(status.st_mode & 0o100), "")


def _stays(link: str, root: str) -> bool:
    # An absolute link means something else in the next checkout, so it is left out even if it stays.
    relative = not Path(link).readlink().is_absolute()
    return relative and f"{os.path.realpath(link)}/".startswith(root)


def _blocks(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The contents, small ones together."""
    gathered: list[bytes] = []
    size = 0
    for entry in entries:
        for block in _content(entry):
            gathered.append(block)
            size += len(block)
            if size >= CHUNK:
                yield b"".join(gathered)
                gathered, size = [], 0
    yield b"".join(gathered)


def _content(entry: Entry) -> Iterator[bytes]:
    left = entry.size
    if not left:
        return
    descriptor = os.open(entry.file, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        while left:
            block = os.read(descriptor, min(left, CHUNK))
            if not block:
                raise OSError(f"{entry.path} became shorter while it was read")
            left -= len(block)
            yield block
    finally:
        os.close(descriptor)
