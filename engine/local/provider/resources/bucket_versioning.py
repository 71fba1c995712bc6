"""``aws:s3/bucketVersioning:BucketVersioning``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketversioning/ . The id is the bucket's name.
Versioning can be suspended and never taken away (PutBucketVersioning); the official provider suspends it on
delete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, block, text
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _create(cloud: Cloud, inputs: Values) -> str:
    _update(cloud, inputs["bucket"], inputs)
    return str(inputs["bucket"])


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    _put(cloud, name, inputs, inputs["versioningConfiguration"]["status"])


def _put(cloud: Cloud, name: str, inputs: Values, status: str) -> None:
    cloud.s3(inputs).put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": status})


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    status = cloud.s3(inputs).get_bucket_versioning(Bucket=name).get("Status") or "Suspended"
    return Found({"bucket": name, "versioningConfiguration": {"status": status}}, {})


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    _put(cloud, name, inputs, "Suspended")


BUCKET_VERSIONING = Resource(
    type="aws:s3/bucketVersioning:BucketVersioning",
    inputs={
        "bucket": text(required=True, replaces=True, unique=True),
        "versioningConfiguration": block(
            {"status": text(required=True, choices=("Enabled", "Suspended"))}, required=True
        ),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
