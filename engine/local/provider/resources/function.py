"""``aws:cloudfront/function:Function``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/function/ . The id is the name (import
"using the `name`"), which "Forces new resource" in the official provider. AWS takes at most 10 KB of code
(https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html) and one store,
which must exist; the emulator checks neither. The ETag is that of the DEVELOPMENT stage and is read anew
before each use: UpdateFunction answers with the header ``ETag`` where botocore expects ``ETtag``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from engine.errors import LocalTargetError
from engine.local.provider.check import Failure
from engine.local.provider.cloud import Cloud, is_gone
from engine.local.provider.fields import TAGS, flag, items, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import creation_tags, read_tags, write_tags
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 10 * 1024  # bytes
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _check(inputs: Values) -> Iterator[Failure]:
    stores = inputs.get("keyValueStoreAssociations") or []
    if stores is not UNKNOWN and len(stores) > 1:
        yield Failure("keyValueStoreAssociations", "AWS takes one KeyValueStore for each function")
    if inputs["name"] is not UNKNOWN and not _NAME.fullmatch(inputs["name"]):
        yield Failure("name", 'a function name is 1 to 64 letters, digits, "-" and "_"')


def _create(cloud: Cloud, inputs: Values) -> str:
    _refuse_missing_stores(cloud, inputs)
    cloud.cloudfront.create_function(Name=inputs["name"], **_content(inputs), **creation_tags(inputs))
    return str(inputs["name"])


def _publish(cloud: Cloud, name: str, inputs: Values) -> None:
    if inputs.get("publish", True):
        cloud.cloudfront.publish_function(Name=name, IfMatch=_describe(cloud, name)["ETag"])


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    _refuse_missing_stores(cloud, inputs)
    there = _describe(cloud, name)
    cloud.cloudfront.update_function(Name=name, IfMatch=there["ETag"], **_content(inputs))
    _publish(cloud, name, inputs)
    write_tags(cloud, there["FunctionSummary"]["FunctionMetadata"]["FunctionARN"], inputs)


def _content(inputs: Values) -> Values:
    stores = [{"KeyValueStoreARN": arn} for arn in inputs.get("keyValueStoreAssociations") or ()]
    config = {
        "Comment": inputs.get("comment") or "",
        "Runtime": inputs["runtime"],
        "KeyValueStoreAssociations": {"Quantity": len(stores), "Items": stores},
    }
    return {"FunctionConfig": config, "FunctionCode": inputs["code"].encode()}


def _refuse_missing_stores(cloud: Cloud, inputs: Values) -> None:
    for arn in inputs.get("keyValueStoreAssociations") or ():
        answer = cloud.cloudfront.list_key_value_stores()["KeyValueStoreList"]
        if arn not in [store["ARN"] for store in answer.get("Items", [])]:
            raise LocalTargetError(f"keyValueStoreAssociations: there is no KeyValueStore {arn}")


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    there, live = _describe(cloud, name), _live(cloud, name)
    summary = there["FunctionSummary"]
    arn = summary["FunctionMetadata"]["FunctionARN"]
    code = _code(cloud, name, "DEVELOPMENT")
    config = summary["FunctionConfig"]
    stores = config.get("KeyValueStoreAssociations", {}).get("Items") or []
    found = {
        "name": summary["Name"],
        "runtime": config["Runtime"],
        "comment": config.get("Comment"),
        "code": code,
        "keyValueStoreAssociations": [store["KeyValueStoreARN"] for store in stores],
        "publish": inputs.get("publish", True) and live is not None and _code(cloud, name, "LIVE") == code,
    }
    outputs = {
        "arn": arn,
        "etag": there["ETag"],
        "liveStageEtag": live["ETag"] if live else "",
        "status": summary.get("Status"),
    }
    return Found({**found, **read_tags(cloud, arn, inputs)}, outputs)


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    cloud.cloudfront.delete_function(Name=name, IfMatch=_describe(cloud, name)["ETag"])


def _describe(cloud: Cloud, name: str, stage: str = "DEVELOPMENT") -> Values:
    answer: Values = cloud.cloudfront.describe_function(Name=name, Stage=stage)
    return answer


def _live(cloud: Cloud, name: str) -> Values | None:
    try:
        return _describe(cloud, name, "LIVE")
    except ClientError as error:
        if is_gone(error):
            return None
        raise


def _code(cloud: Cloud, name: str, stage: str) -> str:
    body: Any = cloud.cloudfront.get_function(Name=name, Stage=stage)["FunctionCode"]
    return str(body.read().decode())


FUNCTION = Resource(
    type="aws:cloudfront/function:Function",
    inputs={
        "name": text(replaces=True, unique=True, autoname=True),
        "code": text(required=True, limit=_LARGEST),
        "runtime": text(required=True, choices=("cloudfront-js-1.0", "cloudfront-js-2.0")),
        "comment": text(limit=128),
        "publish": flag(default=True),
        "keyValueStoreAssociations": items(text()),
        **TAGS,
    },
    outputs=("arn", "etag", "liveStageEtag", "status"),
    stable=("arn",),
    create=_create,
    settle=_publish,
    read=_read,
    update=_update,
    delete=_delete,
    check=_check,
)
