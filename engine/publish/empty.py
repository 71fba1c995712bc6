"""Empty a bucket before it is destroyed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from engine.errors import PublishError
from engine.target import client

if TYPE_CHECKING:
    from engine.target import Target


async def empty(target: Target, bucket: str) -> int:
    """Delete every object of ``bucket`` with all its versions, and say how many there were.

    A bucket that does not exist is empty.

    :raises PublishError: S3 refused or cannot be reached.
    """
    return await asyncio.to_thread(emptied, target, bucket)


def emptied(target: Target, bucket: str) -> int:
    """What :func:`empty` does; blocking."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return _delete_versions(client(target, "s3"), bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchBucket":
            return 0
        raise _refused(bucket, error) from error
    except BotoCoreError as error:
        raise _refused(bucket, error) from error


def _delete_versions(s3: Any, bucket: str) -> int:
    deleted = 0
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        found = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
        objects = [{"Key": item["Key"], "VersionId": item["VersionId"]} for item in found]
        if objects:
            answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})
            _refuse_remains(bucket, answer.get("Errors", []))
        deleted += len(objects)
    return deleted


def _refuse_remains(bucket: str, errors: list[dict[str, str]]) -> None:
    if errors:
        raise PublishError(
            f"{len(errors)} objects of {bucket} could not be deleted",
            hint="check the permissions (s3:DeleteObject, s3:DeleteObjectVersion) and object locks",
            details=tuple(f"{error['Key']}: {error.get('Message', error['Code'])}" for error in errors[:5]),
        )


def _refused(bucket: str, error: Exception) -> PublishError:
    return PublishError(
        f"the bucket {bucket} could not be emptied",
        hint="check the network and the credentials, then run the command again",
        details=(str(error),),
    )
