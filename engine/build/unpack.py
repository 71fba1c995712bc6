"""Put the files of an archive into a folder, whoever made the archive: nothing is written elsewhere.

What tar can do to its reader: names with ``..`` or a leading ``/``, links that leave the folder and names
behind them (CVE-2007-4559, CVE-2025-4517), hard links, devices, pipes, setuid programs, a ``.git`` whose
configuration names commands (git-config(1), core.fsmonitor). No cache holds any of it, so an archive that
does is refused as a whole.
"""

from __future__ import annotations

import os
import tarfile
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Self

import zstandard

from engine.build.archive import SKIPPED, Source, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST = 100 * 10**9  # bytes that an archive may unpack to; caches are a hundredth of it

_CHUNK = 1 << 20  # bytes
_THREADS = 4
_UNDER_WAY = 64  # files, each of at most a chunk
_BITS = 0o777  # of a mode: without setuid, setgid and sticky
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.SYMTYPE)
_NO_NAMES = frozenset(("", ".", ".."))  # "" comes of a leading or a double slash


class BrokenArchiveError(Exception):
    """The archive cannot be read, or holds what no build put there."""


def unpack(source: Source, folder: Path, wanted: Callable[[str], bool]) -> int:
    """Put what is ``wanted`` of the archive into the empty ``folder``; gives the number of files.

    The whole archive is read, and its checksum is compared. Raises BrokenArchiveError, after which the folder
    is to be thrown away, and OSError for what is no fault of the archive.
    """
    with _Writers() as writers:
        made = _Unpacking(folder.resolve(), writers)
        try:
            tar = opened(source)
            for member in tar:
                made.check(member)
                if wanted(member.name):
                    made.put(tar, member)
            _read_to_the_end(tar)
            writers.wait()
            made.check_links()
        except (tarfile.TarError, zstandard.ZstdError, EOFError, ValueError) as error:
            raise BrokenArchiveError(str(error)) from error
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise BrokenArchiveError(f"`{error.filename}` is there twice") from error
    return made.count


class _Unpacking:
    """What is in the folder so far. Plain texts instead of Path: a ``node_modules`` has 40,000 files."""

    def __init__(self, folder: Path, writers: _Writers) -> None:
        self.count = 0
        self._writers = writers
        self._folder = f"{folder}/"
        self._bytes = 0
        self._parents = {""}
        self._links: set[str] = set()

    def check(self, member: tarfile.TarInfo) -> None:
        parts = member.name.split("/")
        if not _NO_NAMES.isdisjoint(parts):
            raise BrokenArchiveError(f"`{member.name}` is outside of the app")
        if member.type not in _FILES:
            raise BrokenArchiveError(f"`{member.name}` is no file")
        if not SKIPPED.isdisjoint(parts) or member.mode & ~_BITS:
            raise BrokenArchiveError(f"`{member.name}` is nothing that a build keeps")
        self._bytes += member.size
        if member.size < 0 or self._bytes > LARGEST:
            raise BrokenArchiveError(f"it unpacks to more than {LARGEST / 1e9:.0f} GB")

    def put(self, tar: tarfile.TarFile, member: tarfile.TarInfo) -> None:
        self._make(member.name.rpartition("/")[0], member)
        target = self._folder + member.name
        if member.issym():
            os.symlink(member.linkname, target)  # noqa: PTH211
            os.utime(target, (member.mtime, member.mtime), follow_symlinks=False)
            self._links.add(member.name)
        elif member.size > _CHUNK:
            _write(target, member, _content(tar, member))
        else:
            self._writers.write(target, member, b"".join(_content(tar, member)))
        self.count += 1

    def check_links(self) -> None:
        """Refuse the archive where a link, by itself or through others, leads out of the folder."""
        for name in self._links:
            link = self._folder + name
            if Path(link).readlink().is_absolute() or not f"{os.path.realpath(link)}/".startswith(
                self._folder
            ):
                raise BrokenArchiveError(f"`{name}` is a link that leaves the app")

    def _make(self, parent: str, member: tarfile.TarInfo) -> None:
        if parent in self._parents:
            return
        above = {parent, *(parent[:at] for at, sign in enumerate(parent) if sign == "/")}
        if not self._links.isdisjoint(above):
            raise BrokenArchiveError(f"`{member.name}` is behind a link")
        os.makedirs(self._folder + parent, exist_ok=True)  # noqa: PTH103
        self._parents |= above


class _Writers:
    """Threads that write small files: to make a file takes the system longer than to fill it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, "windlass-unpack")
        self._under_way: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def write(self, target: str, member: tarfile.TarInfo, content: bytes) -> None:
        """Write the file soon. Raises what went wrong with an earlier one."""
        if len(self._under_way) >= _UNDER_WAY:
            self._under_way.popleft().result()
        self._under_way.append(self._pool.submit(_write, target, member, iter((content,))))

    def wait(self) -> None:
        """Wait for all of them."""
        while self._under_way:
            self._under_way.popleft().result()


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    left = member.size
    while left:
        # A tar that is read as a stream stands at the content of the member it gave last.
        block = tar.fileobj.read(min(left, _CHUNK)) if tar.fileobj else b""
        if not block:
            raise BrokenArchiveError(f"`{member.name}` is cut short")
        left -= len(block)
        yield block


def _write(target: str, member: tarfile.TarInfo, content: Iterator[bytes]) -> None:
    mode = member.mode & 0o755 | 0o600
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        for block in content:
            while block:
                block = block[os.write(descriptor, block) :]
        os.utime(descriptor, (member.mtime, member.mtime))
    finally:
        os.close(descriptor)


def _read_to_the_end(tar: tarfile.TarFile) -> None:
    # The checksum of the whole comes last.
    while tar.fileobj is not None and tar.fileobj.read(_CHUNK):
        pass
