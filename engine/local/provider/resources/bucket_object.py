"""``aws:s3/bucketObjectv2:BucketObjectv2``: an object whose content the program holds.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketobjectv2/ . bucket and key "Force new
resource"; all else is written again with the object. The id is ``BUCKET/KEY`` (the docstring of
pulumi_aws.s3.BucketObjectv2 on import, which takes ``s3://BUCKET/KEY`` too).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from engine.local.provider.fields import REGION, TAGS, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import tag_inputs, tag_list

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_HEADERS = {
    "cacheControl": "CacheControl",
    "contentType": "ContentType",
    "contentDisposition": "ContentDisposition",
    "contentEncoding": "ContentEncoding",
    "contentLanguage": "ContentLanguage",
}


def _create(cloud: Cloud, inputs: Values) -> str:
    identity = f"{inputs['bucket']}/{inputs['key']}"
    _update(cloud, identity, inputs)
    return identity


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    bucket, key = _split(identity)
    headers = {api: inputs[name] for name, api in _HEADERS.items() if inputs.get(name)}
    headers.setdefault("ContentType", "application/octet-stream")
    cloud.s3(inputs).put_object(
        Bucket=bucket,
        Key=key,
        Body=(inputs.get("content") or "").encode(),
        Tagging=urlencode({tag["Key"]: tag["Value"] for tag in tag_list(inputs)}),
        **headers,
    )


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    bucket, key = _split(identity)
    client = cloud.s3(inputs)
    answer = client.head_object(Bucket=bucket, Key=key)
    etag = answer["ETag"].strip('"')
    content = inputs.get("content") or ""
    if hashlib.md5(content.encode(), usedforsecurity=False).hexdigest() != etag:
        content = client.get_object(Bucket=bucket, Key=key)["Body"].read().decode(errors="replace")
    tags = client.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    headers = {name: answer.get(api) for name, api in _HEADERS.items()}
    found = {"bucket": bucket, "key": key, "content": content, "etag": etag, **headers}
    outputs = {"arn": f"arn:aws:s3:::{bucket}/{key}", "etag": etag, "versionId": answer.get("VersionId")}
    return Found({**found, **tag_inputs(tags, inputs)}, outputs)


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    bucket, key = _split(identity)
    cloud.s3(inputs).delete_object(Bucket=bucket, Key=key)


def _split(identity: str) -> tuple[str, str]:
    bucket, _, key = identity.removeprefix("s3://").partition("/")
    return bucket, key


BUCKET_OBJECT = Resource(
    type="aws:s3/bucketObjectv2:BucketObjectv2",
    inputs={
        "bucket": text(required=True, replaces=True, unique=True),
        "key": text(replaces=True, unique=True, autoname=True, limit=1024),
        "content": text(),
        **{name: text(computed=name == "contentType") for name in _HEADERS},
        "etag": text(computed=True),
        **TAGS,
        **REGION,
    },
    outputs=("arn", "etag", "versionId"),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
