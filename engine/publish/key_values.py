"""The KeyValueStore of an environment, which its edge function reads."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from engine.errors import PublishError
from engine.publish.bucket import REFRESH
from engine.target import client

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from botocore.exceptions import ClientError

    from engine.target import Target

SERVICE = "cloudfront-keyvaluestore"
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
BATCH = 50
_TRIES = 6
_MEANINGS = {
    "ResourceNotFoundException": ("the environment's key value store does not exist", REFRESH),
    "AccessDeniedException": (
        "AWS refused access to the environment's key value store",
        "the credentials need cloudfront-keyvaluestore:* on it (`aws sts get-caller-identity` says whose "
        "they are)",
    ),
    "ExpiredTokenException": (
        "the AWS credentials have expired",
        "sign in again (`aws sso login`), then run the command again",
    ),
    "ServiceQuotaExceededException": (
        "the environment's key value store is full (5 MB)",
        "keep fewer releases (`retention` in the policy), or use fewer and more general redirects",
    ),
}


class KeyValues:
    """Reads and writes keys. ``client`` is boto3's ``cloudfront-keyvaluestore``, used in threads.

    Every method raises :class:`PublishError` where AWS refuses or cannot be reached.
    """

    def __init__(self, client: Any, arn: str) -> None:
        self._client = client
        self._arn = arn

    async def get(self, key: str) -> str | None:
        """The value of ``key``; None where there is no such key (or no such store)."""
        return await asyncio.to_thread(self._get, key)

    async def put(self, key: str, value: str) -> None:
        """Write one key: one atomic update."""
        await self.put_all({key: value})

    async def put_all(self, values: dict[str, str]) -> None:
        """Write keys in the order given, in batches of which each is all or nothing."""
        await asyncio.to_thread(self._update, "Puts", [{"Key": k, "Value": v} for k, v in values.items()])

    async def delete_all(self, keys: Iterable[str]) -> None:
        """Delete keys, in batches; a key that is not there is no error."""
        await asyncio.to_thread(self._update, "Deletes", [{"Key": key} for key in keys])

    def _get(self, key: str) -> str | None:
        with _kvs_errors():
            try:
                return str(self._client.get_key(KvsARN=self._arn, Key=key)["Value"])
            except self._client.exceptions.ResourceNotFoundException:
                return None

    def _update(self, kind: str, items: list[dict[str, str]]) -> None:
        with _kvs_errors():
            etag = None
            for batch in _batches(items):
                etag = self._send(kind, batch, etag)

    def _send(self, kind: str, batch: list[dict[str, str]], etag: str | None) -> str:
        from botocore.exceptions import ClientError

        for attempt in range(1, _TRIES + 1):
            etag = etag or self._client.describe_key_value_store(KvsARN=self._arn)["ETag"]
            try:
                return str(self._client.update_keys(KvsARN=self._arn, IfMatch=etag, **{kind: batch})["ETag"])
            except ClientError as error:
                if not _is_conflict(error) or attempt == _TRIES:
                    raise
                etag = None
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("the last try returns or raises")


async def key_values(target: Target, arn: str) -> KeyValues:
    """The store with this ARN at the target. Making the client takes some 100 ms, so share it."""
    return KeyValues(await asyncio.to_thread(client, target, SERVICE), arn)


def _batches(items: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _is_conflict(error: ClientError) -> bool:
    # Documented is ConflictException for an If-Match that is out of date; the service has also been seen to
    # answer ValidationException "Pre-Condition failed".
    code, text = error.response["Error"]["Code"], error.response["Error"].get("Message", "")
    return code == "ConflictException" or (code == "ValidationException" and "pre-condition" in text.lower())


@contextmanager
def _kvs_errors() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        unknown = ("the environment's key value store refused", "run the command again")
        message, hint = _MEANINGS.get(error.response["Error"]["Code"], unknown)
        raise PublishError(message, hint=hint, details=(str(error),)) from error
    except BotoCoreError as error:
        raise PublishError(
            "the environment's key value store cannot be reached",
            hint="check the network and the credentials; the local target: `windlass local status`",
            details=(str(error),),
        ) from error
