"""``aws:s3/bucketPolicy:BucketPolicy``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketpolicy/ . The id is the bucket's name; Bucket
is the createOnlyProperty of AWS::S3::BucketPolicy in CloudFormation and "Forces new resource". S3 refuses a
document without Version, Statement or Principal (MalformedPolicy); the emulator takes anything.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.local.provider.check import Failure
from engine.local.provider.fields import REGION, document, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.cloud import Cloud

_LARGEST = 20 * 1024  # bytes; https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html


def _check(inputs: Values) -> Iterator[Failure]:
    if inputs["policy"] is UNKNOWN:
        return
    statements = json.loads(inputs["policy"]).get("Statement")
    if not statements:
        yield Failure("policy", "a bucket policy needs a Statement")
    for statement in statements if isinstance(statements, list) else [statements]:
        missing = [
            name for name in ("Effect", "Principal", "Action", "Resource") if not _has(statement, name)
        ]
        if statements and missing:
            yield Failure("policy", f"a statement has no {' and no '.join(missing)}")


def _has(statement: object, name: str) -> bool:
    return isinstance(statement, dict) and (name in statement or f"Not{name}" in statement)


def _create(cloud: Cloud, inputs: Values) -> str:
    _update(cloud, inputs["bucket"], inputs)
    return str(inputs["bucket"])


def _update(cloud: Cloud, bucket: str, inputs: Values) -> None:
    cloud.s3(inputs).put_bucket_policy(Bucket=bucket, Policy=inputs["policy"])


def _read(cloud: Cloud, bucket: str, inputs: Values) -> Found:
    answer = cloud.s3(inputs).get_bucket_policy(Bucket=bucket)
    return Found({"bucket": bucket, "policy": answer["Policy"]}, {})


def _delete(cloud: Cloud, bucket: str, inputs: Values) -> None:
    cloud.s3(inputs).delete_bucket_policy(Bucket=bucket)


BUCKET_POLICY = Resource(
    type="aws:s3/bucketPolicy:BucketPolicy",
    inputs={
        "bucket": text(required=True, replaces=True, unique=True),
        "policy": document(required=True, limit=_LARGEST),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
    check=_check,
)
