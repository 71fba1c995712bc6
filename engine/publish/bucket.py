"""The bucket of an environment: manifests in it, and what its errors mean."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.errors import PublishError
from engine.publish.manifest import Manifest, ManifestError, manifest_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from obstore.store import ObjectStore

REFRESH = "run `windlass deploy --refresh` to bring the environment's resources back"
_MEANINGS = (
    ("NoSuchBucket", "the bucket of the environment does not exist", REFRESH),
    (
        "AccessDenied",
        "AWS refused access to the environment's bucket",
        "check whose credentials these are (`aws sts get-caller-identity`) and that they may write there",
    ),
    (
        "ExpiredToken",
        "the AWS credentials have expired",
        "sign in again (`aws sso login`), then run the command again",
    ),
    (
        "error sending request",
        "the environment's bucket cannot be reached",
        "check the network; the local target: `windlass local status`",
    ),
)


@contextmanager
def s3_errors() -> Iterator[None]:
    """Turn what obstore raises into a :class:`PublishError` that says what to do."""
    from obstore.exceptions import BaseError

    try:
        yield
    except (BaseError, FileNotFoundError) as error:
        raise _explained(error) from error


def _explained(error: Exception) -> PublishError:
    text = str(error)
    first = text.partition("\n\nDebug source")[0]
    for sign, message, hint in _MEANINGS:
        if sign in text:
            return PublishError(message, hint=hint, details=(first,))
    return PublishError("a file could not be transferred", hint="run the deploy again", details=(first,))


async def read_manifest(store: ObjectStore, release: str) -> Manifest | None:
    """The manifest of a release; None where there is no such release.

    :raises PublishError: the bucket does not answer, or the manifest is damaged.
    """
    return await read_manifest_at(store, manifest_key(release))


async def usable_manifest(store: ObjectStore, release: str) -> Manifest | None:
    """As :func:`read_manifest`, but one that cannot be read counts as none: for comparing, to save work.

    :raises PublishError: the bucket does not answer.
    """
    try:
        return await read_manifest(store, release)
    except ManifestError:
        return None


async def read_manifest_at(store: ObjectStore, key: str) -> Manifest | None:
    """The manifest stored under ``key``; None where there is none."""
    with s3_errors():
        try:
            got = await store.get_async(key)
        except FileNotFoundError as error:
            if "NoSuchBucket" in str(error):
                raise
            return None
        return Manifest.from_json(bytes(await got.bytes_async()))


async def write_manifest(store: ObjectStore, key: str, manifest: Manifest) -> None:
    """Store ``manifest`` under ``key``."""
    attributes = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    await store.put_async(key, manifest.to_json(), attributes=attributes)
