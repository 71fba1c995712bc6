"""``aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlifecycleconfiguration/ . The id is the
bucket's name. The emulator keeps the rules and does not carry them out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import block, items, text, whole
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resources.bucket_part import bucket_part

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


def _write(cloud: Cloud, name: str, inputs: Values) -> None:
    rules = to_plain(_RULES, inputs)
    for rule in rules["Rules"]:
        rule.setdefault("Filter", {}).setdefault("Prefix", "")  # S3 wants one
    cloud.s3(inputs).put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=rules)


def _read(cloud: Cloud, name: str, inputs: Values) -> Values:
    return from_plain(_RULES, cloud.s3(inputs).get_bucket_lifecycle_configuration(Bucket=name))


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    cloud.s3(inputs).delete_bucket_lifecycle(Bucket=name)


BUCKET_LIFECYCLE = bucket_part(
    "BucketLifecycleConfiguration", _RULES, write=_write, read=_read, delete=_delete
)
