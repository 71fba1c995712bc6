"""``aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketpublicaccessblock/ . The id is the bucket's
name; the bucket "Forces new resource" in the official provider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.api import from_api, to_api
from engine.local.provider.fields import REGION, flag, text
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_SETTINGS = {
    "blockPublicAcls": flag(default=False),
    "blockPublicPolicy": flag(default=False),
    "ignorePublicAcls": flag(default=False),
    "restrictPublicBuckets": flag(default=False),
}


def _create(cloud: Cloud, inputs: Values) -> str:
    _update(cloud, inputs["bucket"], inputs)
    return str(inputs["bucket"])


def _update(cloud: Cloud, bucket: str, inputs: Values) -> None:
    cloud.s3(inputs).put_public_access_block(
        Bucket=bucket, PublicAccessBlockConfiguration=to_api(_SETTINGS, inputs)
    )


def _read(cloud: Cloud, bucket: str, inputs: Values) -> Found:
    answer = cloud.s3(inputs).get_public_access_block(Bucket=bucket)
    return Found({"bucket": bucket, **from_api(_SETTINGS, answer["PublicAccessBlockConfiguration"])}, {})


def _delete(cloud: Cloud, bucket: str, inputs: Values) -> None:
    if not inputs.get("skipDestroy"):
        cloud.s3(inputs).delete_public_access_block(Bucket=bucket)


BUCKET_PUBLIC_ACCESS_BLOCK = Resource(
    type="aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    inputs={
        "bucket": text(required=True, replaces=True, unique=True),
        **_SETTINGS,
        "skipDestroy": flag(local=True),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
