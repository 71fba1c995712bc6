"""``aws:s3/bucketVersioning:BucketVersioning``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketversioning/ . The id is the bucket's name.
Versioning can be suspended and never taken away (PutBucketVersioning); the official provider suspends it on
delete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import block, text
from engine.local.provider.resources.bucket_part import bucket_part

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _write(cloud: Cloud, name: str, inputs: Values) -> None:
    _put(cloud, name, inputs, inputs["versioningConfiguration"]["status"])


def _put(cloud: Cloud, name: str, inputs: Values, status: str) -> None:
    cloud.s3(inputs).put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": status})


def _read(cloud: Cloud, name: str, inputs: Values) -> Values:
    status = cloud.s3(inputs).get_bucket_versioning(Bucket=name).get("Status") or "Suspended"
    return {"versioningConfiguration": {"status": status}}


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    _put(cloud, name, inputs, "Suspended")


_STATUS = text(required=True, choices=("Enabled", "Suspended"))

BUCKET_VERSIONING = bucket_part(
    "BucketVersioning",
    {"versioningConfiguration": block({"status": _STATUS}, required=True)},
    write=_write,
    read=_read,
    delete=_delete,
)
