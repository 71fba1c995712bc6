"""Files written by several threads at once: what a small file costs is the kernel's, not Python's."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Self

from engine.build.archive import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from engine.build.archive import Entry

_MOST = 8
_AHEAD = 2  # batches of CHUNK that wait for each thread: the memory that writing takes
_FILES = 256  # of a batch at most

_Small = tuple[str, "Entry", bytes]


class Writers:
    """``put`` files while the block runs; at its end all are there. Raises what writing them raised."""

    def __init__(self) -> None:
        self._threads = max(2, min(_MOST, os.cpu_count() or 1))
        self._pool = ThreadPoolExecutor(self._threads)
        self._batch: list[_Small] = []
        self._size = 0
        self._running: set[Future[None]] = set()

    def put(self, target: str, entry: Entry, content: bytes) -> None:
        """Write ``entry`` with this ``content`` to ``target``, whose folder is there, soon."""
        self._batch.append((target, entry, content))
        self._size += len(content)
        if self._size >= CHUNK or len(self._batch) >= _FILES:
            self._send()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._send()
                self._hear(until=0)
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _send(self) -> None:
        self._hear(until=self._threads * _AHEAD)
        self._running.add(self._pool.submit(_write_all, self._batch))
        self._batch, self._size = [], 0

    def _hear(self, until: int) -> None:
        """Wait until at most that many batches are under way; raise what any of them raised."""
        while len(self._running) > until:
            done, self._running = wait(self._running, return_when=FIRST_COMPLETED)
            for batch in done:
                batch.result()


def write_file(target: str, entry: Entry, content: Iterable[bytes]) -> None:
    """Make the file or link ``target``, with the mode and time of ``entry``. Raises OSError where there is
    one, and never follows a link.
    """
    times = (entry.mtime, entry.mtime)
    if entry.link:
        os.symlink(entry.link, target)  # noqa: PTH211
        os.utime(target, times, follow_symlinks=False)
        return
    mode = 0o755 if entry.executable else 0o644
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        for block in content:
            while block:
                block = block[os.write(descriptor, block) :]
        os.utime(descriptor, times)
    finally:
        os.close(descriptor)


def _write_all(batch: list[_Small]) -> None:
    for target, entry, content in batch:
        write_file(target, entry, (content,))
