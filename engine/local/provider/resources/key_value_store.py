"""``aws:cloudfront/keyValueStore:KeyValueStore``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/keyvaluestore/ . The id is the name (import
"using the `name`"). Name is the createOnlyProperty of AWS::CloudFront::KeyValueStore in CloudFormation.
The ARN ends in a UUID on AWS and in the name in the emulator, so that a new store would inherit the keys
of a deleted one of the same name: they are removed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.cloud import Cloud, unless_gone
from engine.local.provider.fields import TAGS, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import creation_tags, read_tags, write_tags

if TYPE_CHECKING:
    from engine.local.provider.values import Values

_AT_ONCE = 50  # the most keys of one UpdateKeys call


def _create(cloud: Cloud, inputs: Values) -> str:
    cloud.cloudfront.create_key_value_store(
        Name=inputs["name"], Comment=inputs.get("comment") or "", **creation_tags(inputs)
    )
    return str(inputs["name"])


def _settle(cloud: Cloud, name: str, inputs: Values) -> None:
    _empty(cloud, _describe(cloud, name)["KeyValueStore"]["ARN"])


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    there = _describe(cloud, name)
    cloud.cloudfront.update_key_value_store(
        Name=name, Comment=inputs.get("comment") or "", IfMatch=there["ETag"]
    )
    write_tags(cloud, there["KeyValueStore"]["ARN"], inputs)


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    there = _describe(cloud, name)
    store = there["KeyValueStore"]
    outputs = {
        "arn": store["ARN"],
        "etag": there["ETag"],
        "lastModifiedTime": store["LastModifiedTime"].isoformat(),
    }
    found = {"name": store["Name"], "comment": store.get("Comment")}
    return Found({**found, **read_tags(cloud, store["ARN"], inputs)}, outputs)


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    there = _describe(cloud, name)
    _empty(cloud, there["KeyValueStore"]["ARN"])
    cloud.cloudfront.delete_key_value_store(Name=name, IfMatch=there["ETag"])


def _describe(cloud: Cloud, name: str) -> Values:
    answer: Values = cloud.cloudfront.describe_key_value_store(Name=name)
    return answer


def _empty(cloud: Cloud, arn: str) -> None:
    client = cloud.client("cloudfront-keyvaluestore")
    with unless_gone():
        while found := client.list_keys(KvsARN=arn, MaxResults=_AT_ONCE).get("Items"):
            etag = client.describe_key_value_store(KvsARN=arn)["ETag"]
            client.update_keys(KvsARN=arn, IfMatch=etag, Deletes=[{"Key": one["Key"]} for one in found])


KEY_VALUE_STORE = Resource(
    type="aws:cloudfront/keyValueStore:KeyValueStore",
    inputs={
        "name": text(replaces=True, unique=True, autoname=True, limit=64),
        "comment": text(limit=128),
        **TAGS,
    },
    outputs=("arn", "etag", "lastModifiedTime"),
    stable=("arn",),
    create=_create,
    settle=_settle,
    read=_read,
    update=_update,
    delete=_delete,
)
