"""Where the archives of build caches are: a folder of this machine, or a bucket that a team shares."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from engine.build.archive import Source
    from engine.state.backend import StateBackend

KEPT = 20  # archives of an app
LARGEST = 5 * 10**9  # bytes of an app's archives together; of one, it is Amplify's limit as well

_READ = 8 << 20  # bytes of a request; the memory that a restore takes
_PART = 8 << 20  # bytes of a part of an upload, of which two are under way
_PEEK = 1 << 16
_ABANDONED = 3600.0  # seconds after which an unfinished archive is nobody's


class TooLargeError(Exception):
    """The archive would be larger than all of an app's archives may be."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An archive that there is: ``modified`` is in seconds since the epoch, ``size`` in bytes."""

    path: str
    modified: float
    size: int


@dataclass(frozen=True)
class CacheStore:
    """Archives by path, ``<app>/<environment>/<name>``. Whatever the store raises comes through."""

    backend: StateBackend

    def newest_first(self, folder: str) -> list[Kept]:
        """The archives below ``folder``."""
        import obstore

        pages = obstore.list(self.backend.store, folder)
        found = [
            Kept(item["path"], item["last_modified"].timestamp(), item["size"]) for p in pages for item in p
        ]
        return sorted(found, key=lambda kept: kept.modified, reverse=True)

    def read(self, path: str, *, all_of_it: bool = True) -> Source:
        """The archive as a stream, fetched piece by piece. Raises FileNotFoundError."""
        import obstore

        return obstore.open_reader(self.backend.store, path, buffer_size=_READ if all_of_it else _PEEK)  # type: ignore[return-value]

    def write(self, path: str, chunks: Iterable[bytes]) -> int:
        """Put the archive there, piece by piece, and all of it or nothing; gives its size in bytes.

        Raises TooLargeError, and what ``chunks`` raises.
        """
        import obstore

        counted = _Counted(chunks)
        obstore.put(self.backend.store, path, iter(counted), chunk_size=_PART, max_concurrency=2)
        return counted.size

    def delete(self, path: str) -> None:
        """Remove an archive; it is no error if it is gone."""
        self.backend.delete(path)

    def prune(self, app: str, spared: Collection[str]) -> int:
        """Delete the oldest archives of ``app`` over :data:`KEPT` and :data:`LARGEST`, none of those
        ``spared``; gives how many.
        """
        found = self.newest_first(app)
        gone = size = 0
        for rank, kept in enumerate(sorted(found, key=lambda kept: kept.path not in spared)):
            size += kept.size
            if kept.path not in spared and (rank >= KEPT or size > LARGEST):
                self.delete(kept.path)
                gone += 1
        self._sweep(app)
        return gone

    def _sweep(self, app: str) -> None:
        # A store in a folder writes to `<name>#<number>` first; a process that is killed leaves that behind.
        if self.backend.path is not None:
            for unfinished in (self.backend.path / app).rglob("*#*"):
                if time.time() - unfinished.stat().st_mtime > _ABANDONED:
                    unfinished.unlink(missing_ok=True)


class _Counted:
    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.size = 0
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            if self.size > LARGEST:
                raise TooLargeError(f"it would have more than {LARGEST / 1e9:.0f} GB")
            yield chunk
