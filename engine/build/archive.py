"""A zstd-compressed tar of files and symbolic links, with a signature of what is in it, as a stream."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, cast

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.build.patterns import Patterns

SKIPPED = frozenset((".git", ".windlass", ".windlass-cache"))  # never kept, and never put back

_SIGNATURE = "WINDLASS.signature"
_LEVEL = 1  # of zstd: a tenth larger than at 3, in two thirds of the time
_CHUNK = 1 << 20  # bytes


class Source(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


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
            found |= {entry.path: entry for entry in _entries_at(top, start, patterns, f"{root}/")}
    return tuple(sorted(found.values()))


def signature_of(entries: Iterable[Entry]) -> str:
    """SHA-256 (hex) over paths, sizes, times, modes and links: cheap, because it reads no file."""
    rows = [[e.path, e.size, e.mtime, e.mode, e.link] for e in entries]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def signature_in(source: Source) -> str | None:
    """The signature of what the archive holds, from its first bytes; None where there is none."""
    try:
        return opened(source).pax_headers.get(_SIGNATURE)
    except (tarfile.TarError, zstandard.ZstdError, EOFError):
        return None


def opened(source: Source) -> tarfile.TarFile:
    """The tar in the archive, to be read from beginning to end."""
    stream = zstandard.ZstdDecompressor().stream_reader(cast("IO[bytes]", source))
    return tarfile.open(fileobj=stream, mode="r|", bufsize=512 * 256)


def packed(entries: Iterable[Entry], signature: str) -> Iterator[bytes]:
    """The archive of ``entries`` in chunks, compressed on all cores, with a bounded memory. Raises
    OSError."""
    compressor = zstandard.ZstdCompressor(level=_LEVEL, threads=-1, write_checksum=True)
    chunker = compressor.chunker(chunk_size=_CHUNK)
    for block in _tar(entries, signature):
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
    size = 0 if link else status.st_size
    return Entry(path, file, size, int(status.st_mtime), stat.S_IMODE(status.st_mode) & 0o755, link)


def _stays(link: str, root: str) -> bool:
    # An absolute link means something else in the next checkout, so it is left out even if it stays.
    relative = not Path(link).readlink().is_absolute()
    return relative and f"{os.path.realpath(link)}/".startswith(root)


def _tar(entries: Iterable[Entry], signature: str) -> Iterator[bytes]:
    yield tarfile.TarInfo.create_pax_global_header({_SIGNATURE: signature})
    for entry in entries:
        if entry.size > _CHUNK:
            yield _header(entry)
            yield from _content(entry)
        else:
            yield b"".join((_header(entry), *_content(entry)))
    yield tarfile.NUL * (2 * tarfile.BLOCKSIZE)


def _header(entry: Entry) -> bytes:
    member = tarfile.TarInfo(entry.path)
    member.mtime, member.mode, member.size = entry.mtime, entry.mode, entry.size
    if entry.link:
        member.type, member.linkname = tarfile.SYMTYPE, entry.link
    elif len(entry.path) <= tarfile.LENGTH_NAME and entry.path.isascii():
        return member.tobuf(tarfile.USTAR_FORMAT)  # the same bytes, in a third of the time
    return member.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def _content(entry: Entry) -> Iterator[bytes]:
    left = entry.size
    if not left:
        return
    descriptor = os.open(entry.file, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        while left:
            block = os.read(descriptor, min(left, _CHUNK))
            if not block:
                raise OSError(f"{entry.path} became shorter while it was read")
            left -= len(block)
            yield block
    finally:
        os.close(descriptor)
    yield tarfile.NUL * (-entry.size % tarfile.BLOCKSIZE)
