"""The content of a release that is in the bucket of another environment."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.bundle.model import Bundle, BundleFile
from engine.errors import PublishError
from engine.publish.content import MB, PART, PARTS_AT_ONCE
from engine.publish.fingerprint import LASTING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from concurrent.futures import Executor

    from obstore import Attributes
    from obstore.store import ObjectStore

    from engine.publish.manifest import Manifest, ManifestFile

_STREAMED = 4 * MB
# CopyObject takes 5 GB; above, it goes in parts (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html).
_COPIED_AT_ONCE = 1024 * MB


def bundle_of(manifest: Manifest) -> Bundle:
    """The bundle that ``manifest`` is the release of, without its files; it has the release's very digest.

    Raises PublishError where it has not, because another version of Windlass published it.
    """
    demoted = frozenset(manifest.demoted)
    files = tuple(_file(file, file.path in demoted) for file in manifest.files)
    bundle = Bundle(
        Path(), files, manifest.redirects, manifest.headers, manifest.origin, manifest.trailing_slash
    )
    if bundle.digest != manifest.digest:
        raise PublishError(
            f"release {manifest.release} was published by another version of Windlass",
            hint="deploy its environment again with this version, then promote",
        )
    return bundle


@dataclass(frozen=True)
class CopiedContent:
    """Copies inside S3, without a transfer: both buckets are of one account.

    ``client`` is boto3's, used in the threads of ``pool``.
    """

    client: Any
    bucket: str
    to_bucket: str
    manifest: Manifest
    pool: Executor
    conditional: bool = False

    async def put(
        self, store: ObjectStore, key: str, file: BundleFile, attributes: Attributes, mode: Mapping[str, Any]
    ) -> None:
        """Have S3 copy it."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self.pool, self._copy, key, file, dict(attributes))

    async def md5(self, file: BundleFile) -> str | None:
        """Not known here."""
        return None

    def _copy(self, key: str, file: BundleFile, attributes: dict[str, Any]) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        source = {"Bucket": self.bucket, "Key": _key(self.manifest, file)}
        given: dict[str, Any] = {
            "MetadataDirective": "REPLACE",
            "ContentType": attributes.pop("Content-Type"),
            "CacheControl": attributes.pop("Cache-Control"),
            "Metadata": attributes,
        }
        try:
            if file.size > _COPIED_AT_ONCE:
                self.client.copy(source, self.to_bucket, key, ExtraArgs=given)
            else:
                self.client.copy_object(CopySource=source, Bucket=self.to_bucket, Key=key, **given)
        except (BotoCoreError, ClientError) as error:
            raise PublishError(
                f"S3 did not copy {file.path} from {self.bucket} to {self.to_bucket}",
                hint="check that these credentials may read the one and write the other",
                details=(str(error),),
            ) from error


@dataclass(frozen=True)
class StreamedContent:
    """Streams from the bucket ``source`` through this machine: another account, another target."""

    source: ObjectStore
    manifest: Manifest
    conditional: bool = True

    async def put(
        self, store: ObjectStore, key: str, file: BundleFile, attributes: Attributes, mode: Mapping[str, Any]
    ) -> None:
        """Read, compare with the SHA-256, write; nothing is written where it is not the same."""
        got = await self.source.get_async(_key(self.manifest, file))
        large = file.size > PART
        await store.put_async(
            key,
            _compared(file, got.stream(min_chunk_size=_STREAMED)) if large else await _whole(file, got),
            attributes=attributes,
            use_multipart=large,
            chunk_size=PART,
            max_concurrency=PARTS_AT_ONCE,
            **mode,
        )

    async def md5(self, file: BundleFile) -> str | None:
        """Not known here."""
        return None


async def _whole(file: BundleFile, got: Any) -> bytes:
    content = bytes(await got.bytes_async())
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise _other(file)
    return content


async def _compared(file: BundleFile, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    digest = hashlib.sha256()
    async for chunk in chunks:
        digest.update(chunk)
        yield bytes(chunk)
    if digest.hexdigest() != file.sha256:
        raise _other(file)


def _other(file: BundleFile) -> PublishError:
    return PublishError(
        f"{file.path} is not what its release says", hint="deploy that environment again, then promote"
    )


def _key(manifest: Manifest, file: BundleFile) -> str:
    return manifest.by_path[file.path].key(manifest.release)


def _file(stored: ManifestFile, demoted: bool) -> BundleFile:
    file = BundleFile(
        stored.path,
        stored.size,
        stored.sha256,
        stored.content_type,
        stored.cache_control,
        stored.area == "assets",
    )
    return replace(file, fingerprinted=True, cache_control=LASTING) if demoted else file
