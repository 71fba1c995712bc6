"""``aws:s3/bucketOwnershipControls:BucketOwnershipControls``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketownershipcontrols/ . The id is the bucket's
name; the bucket "Forces new resource" in the official provider.
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


def _update(cloud: Cloud, bucket: str, inputs: Values) -> None:
    rules = [{"ObjectOwnership": inputs["rule"]["objectOwnership"]}]
    cloud.s3(inputs).put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": rules})


def _read(cloud: Cloud, bucket: str, inputs: Values) -> Found | None:
    answer = cloud.s3(inputs).get_bucket_ownership_controls(Bucket=bucket)
    rules = answer["OwnershipControls"].get("Rules", [])
    if not rules:
        return None
    return Found({"bucket": bucket, "rule": {"objectOwnership": rules[0]["ObjectOwnership"]}}, {})


def _delete(cloud: Cloud, bucket: str, inputs: Values) -> None:
    cloud.s3(inputs).delete_bucket_ownership_controls(Bucket=bucket)


_OWNERSHIP = ("BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced")

BUCKET_OWNERSHIP_CONTROLS = Resource(
    type="aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    inputs={
        "bucket": text(required=True, replaces=True, unique=True),
        "rule": block({"objectOwnership": text(required=True, choices=_OWNERSHIP)}, required=True),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
