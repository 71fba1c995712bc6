"""What a bucket has one of: CORS rules, lifecycle rules, versioning. The id is the bucket's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, Fields, text
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

    Write = Callable[[Cloud, str, Values], None]
    Read = Callable[[Cloud, str, Values], Values]


def bucket_part(noun: str, fields: Fields, *, write: Write, read: Read, delete: Write) -> Resource:
    """The entry of a ``noun`` of S3 (``BucketVersioning``), which ``write`` puts and ``read`` gives whole."""

    def create(cloud: Cloud, inputs: Values) -> str:
        write(cloud, inputs["bucket"], inputs)
        return str(inputs["bucket"])

    def found(cloud: Cloud, name: str, inputs: Values) -> Found:
        return Found({"bucket": name, **read(cloud, name, inputs)}, {})

    return Resource(
        type=f"aws:s3/{noun[0].lower()}{noun[1:]}:{noun}",
        inputs={"bucket": text(required=True, replaces=True, unique=True), **fields, **REGION},
        outputs=(),
        stable=(),
        create=create,
        read=found,
        update=write,
        delete=delete,
    )
