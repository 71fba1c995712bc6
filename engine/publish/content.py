"""Slots for where the content of a release comes from: a folder, or a bucket that has it already."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from engine.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from obstore import Attributes
    from obstore.store import ObjectStore

    from engine.bundle.model import Bundle, BundleFile

MB = 1024 * 1024
PART = 5 * MB  # the least that S3 takes; it takes 10,000 of them
PARTS_AT_ONCE = 3


class Content(Protocol):
    """The content of the files of one bundle."""

    @property
    def conditional(self) -> bool:
        """Whether :meth:`put` can be told to write only where nothing is (``mode="create"``)."""

    async def put(
        self, store: ObjectStore, key: str, file: BundleFile, attributes: Attributes, mode: Mapping[str, Any]
    ) -> None:
        """Write the content of ``file`` under ``key``, in at most ``PARTS_AT_ONCE`` parts at a time."""

    async def md5(self, file: BundleFile) -> str | None:
        """The MD5 (hex) of the content, if it can be had without a transfer."""


@dataclass(frozen=True)
class FolderContent:
    """The files of a bundle on this machine. Raises PublishError for one that is gone."""

    bundle: Bundle
    conditional: bool = True

    async def put(
        self, store: ObjectStore, key: str, file: BundleFile, attributes: Attributes, mode: Mapping[str, Any]
    ) -> None:
        """Upload it."""
        await store.put_async(
            key,
            self._path(file),
            attributes=attributes,
            use_multipart=file.size > PART,
            chunk_size=PART,
            max_concurrency=PARTS_AT_ONCE,
            **mode,
        )

    async def md5(self, file: BundleFile) -> str | None:
        """Read from the disk."""
        return await asyncio.to_thread(_md5, self._path(file))

    def _path(self, file: BundleFile) -> Path:
        path = self.bundle.file(file)
        if not path.is_file():
            raise PublishError(f"{file.path} is gone since it was built", hint="run the deploy again")
        return path


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
