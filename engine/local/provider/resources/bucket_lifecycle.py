"""``aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlifecycleconfiguration/ . The id is the
bucket's name. The emulator keeps the rules and does not carry them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, block, items, text, whole
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_RULE = {
    "id": text(required=True, limit=255, api="ID"),
    "status": text(required=True, choices=("Enabled", "Disabled")),
    "filter": block({"prefix": text()}),
    "expiration": block({"days": whole()}),
    "abortIncompleteMultipartUpload": block({"daysAfterInitiation": whole()}),
    "noncurrentVersionExpiration": block({"noncurrentDays": whole(required=True)}),
}
_RULES = {"rules": items(block(_RULE), required=True)}


def _create(cloud: Cloud, inputs: Values) -> str:
    _update(cloud, inputs["bucket"], inputs)
    return str(inputs["bucket"])


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    rules = to_plain(_RULES, inputs)
    for rule in rules["Rules"]:
        rule.setdefault("Filter", {}).setdefault("Prefix", "")  # S3 wants one
    cloud.s3(inputs).put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=rules)


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    there = cloud.s3(inputs).get_bucket_lifecycle_configuration(Bucket=name)
    return Found({"bucket": name, **from_plain(_RULES, there)}, {})


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    cloud.s3(inputs).delete_bucket_lifecycle(Bucket=name)


BUCKET_LIFECYCLE = Resource(
    type="aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    inputs={"bucket": text(required=True, replaces=True, unique=True), **_RULES, **REGION},
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
