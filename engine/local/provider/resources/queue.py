"""``aws:sqs/queue:Queue``.

https://www.pulumi.com/registry/packages/aws/api-docs/sqs/queue/ . The id is the URL (import "using the queue
`url`"). QueueName and FifoQueue are the createOnlyProperties of AWS::SQS::Queue in CloudFormation.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, TAGS, document, flag, text, whole
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_map

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_ATTRIBUTES = {
    "fifoQueue": "FifoQueue",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "delaySeconds": "DelaySeconds",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
    "redrivePolicy": "RedrivePolicy",
}
_AT_CREATION = ("fifoQueue",)


def _sqs(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("sqs", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    answer = _sqs(cloud, inputs).create_queue(
        QueueName=inputs["name"], Attributes=_attributes(inputs), tags=tag_map(inputs)
    )
    return str(answer["QueueUrl"])


def _attributes(inputs: Values) -> dict[str, str]:
    given = {api: inputs.get(name) for name, api in _ATTRIBUTES.items()}
    return {api: _as_text(value) for api, value in given.items() if value is not None}


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _update(cloud: Cloud, url: str, inputs: Values) -> None:
    changeable = {name: value for name, value in inputs.items() if name not in _AT_CREATION}
    client = _sqs(cloud, inputs)
    client.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": "", **_attributes(changeable)})
    bring_tags(
        _tags(client, url),
        inputs,
        lambda tags: client.tag_queue(QueueUrl=url, Tags=tags),
        lambda keys: client.untag_queue(QueueUrl=url, TagKeys=keys),
    )


def _tags(client: Any, url: str) -> dict[str, str]:
    return dict(client.list_queue_tags(QueueUrl=url).get("Tags", {}))


def _read(cloud: Cloud, url: str, inputs: Values) -> Found:
    client = _sqs(cloud, inputs)
    answer = client.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    found = {name: _value(name, answer[api]) for name, api in _ATTRIBUTES.items() if answer.get(api)}
    found |= {"name": url.rpartition("/")[2], **map_inputs(_tags(client, url), inputs)}
    return Found(found, {"arn": answer["QueueArn"], "url": url})


def _value(name: str, answer: str) -> Any:
    declared = QUEUE.inputs[name]
    if declared.kind == "flag":
        return answer == "true"
    if declared.kind == "json":
        return json.dumps(json.loads(answer))
    return int(answer)


def _delete(cloud: Cloud, url: str, inputs: Values) -> None:
    _sqs(cloud, inputs).delete_queue(QueueUrl=url)


QUEUE = Resource(
    type="aws:sqs/queue:Queue",
    inputs={
        "name": text(replaces=True, unique=True, autoname=True, limit=80),
        "fifoQueue": flag(default=False, replaces=True),
        "contentBasedDeduplication": flag(default=False),
        "visibilityTimeoutSeconds": whole(default=30, span=(0, 43_200)),
        "messageRetentionSeconds": whole(default=345_600, span=(60, 1_209_600)),
        "delaySeconds": whole(default=0, span=(0, 900)),
        "sqsManagedSseEnabled": flag(default=True),
        "redrivePolicy": document(),
        **TAGS,
        **REGION,
    },
    outputs=("arn", "url"),
    stable=("arn", "url"),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
