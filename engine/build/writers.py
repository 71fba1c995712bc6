"""Write many small files at once: to make a file takes the system longer than to fill it."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.build.archive import Entry

_THREADS = 4
_BATCH = 1 << 20  # bytes
_FILES = 64  # in a batch
_UNDER_WAY = 8  # batches: what they hold is all the memory that is used


class Writers:
    """A context that waits for all files at its end. Every call raises what went wrong with an earlier
    file."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_THREADS, "windlass-write")
        self._under_way: deque[Future[None]] = deque()
        self._batch: list[tuple[str, Entry, bytes]] = []
        self._size = 0
        self._made: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        try:
            if kind is None:
                self._submit()
                while self._under_way:
                    self._under_way.popleft().result()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def write(self, folder: str, entry: Entry, content: bytes) -> None:
        """Write ``folder + entry.path`` soon, or make the link that it is; it must not be there."""
        self._make_parent(folder, entry)
        self._batch.append((folder + entry.path, entry, content))
        self._size += len(content)
        if self._size >= _BATCH or len(self._batch) >= _FILES:
            self._submit()

    def write_now(self, folder: str, entry: Entry, content: Iterable[bytes]) -> None:
        """Write a large file, piece by piece."""
        self._make_parent(folder, entry)
        _write(folder + entry.path, entry, iter(content))

    def _make_parent(self, folder: str, entry: Entry) -> None:
        parent = entry.path.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(folder + parent, exist_ok=True)  # noqa: PTH103  # a Path for each of 27,000 is felt
            self._made.add(parent)

    def _submit(self) -> None:
        if len(self._under_way) >= _UNDER_WAY:
            self._under_way.popleft().result()
        self._under_way.append(self._pool.submit(_write_all, self._batch))
        self._batch, self._size = [], 0


def _write_all(batch: list[tuple[str, Entry, bytes]]) -> None:
    for target, entry, content in batch:
        if entry.link:
            os.symlink(entry.link, target)  # noqa: PTH211
            os.utime(target, (entry.mtime, entry.mtime), follow_symlinks=False)
        else:
            _write(target, entry, iter((content,)))


def _write(target: str, entry: Entry, content: Iterator[bytes]) -> None:
    mode = 0o755 if entry.executable else 0o644
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        for block in content:
            while block:
                block = block[os.write(descriptor, block) :]
        os.utime(descriptor, (entry.mtime, entry.mtime))
    finally:
        os.close(descriptor)
