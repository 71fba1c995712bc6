"""``aws:lambda/eventSourceMapping:EventSourceMapping``.

https://www.pulumi.com/registry/packages/aws/api-docs/lambda/eventsourcemapping/ . The id is the UUID.
EventSourceArn and StartingPosition are createOnlyProperties of AWS::Lambda::EventSourceMapping in
CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, TAGS, flag, items, text, whole
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _lambda(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("lambda", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    position = inputs.get("startingPosition")
    answer = _lambda(cloud, inputs).create_event_source_mapping(
        EventSourceArn=inputs["eventSourceArn"],
        **({"StartingPosition": position} if position else {}),
        **_changeable(inputs),
    )
    return str(answer["UUID"])


def _changeable(inputs: Values) -> Values:
    window = inputs.get("maximumBatchingWindowInSeconds")
    return {
        "FunctionName": inputs["functionName"],
        "BatchSize": inputs.get("batchSize") or 10,
        "Enabled": inputs.get("enabled", True),
        "FunctionResponseTypes": inputs.get("functionResponseTypes") or [],
        **({"MaximumBatchingWindowInSeconds": window} if window is not None else {}),
    }


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    _lambda(cloud, inputs).update_event_source_mapping(UUID=identity, **_changeable(inputs))


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    there = _lambda(cloud, inputs).get_event_source_mapping(UUID=identity)
    arn = there["FunctionArn"]
    known = str(inputs.get("functionName") or arn)
    found = {
        "eventSourceArn": there["EventSourceArn"],
        "functionName": known if arn.endswith(known) else arn,
        "batchSize": there.get("BatchSize"),
        "enabled": there.get("State") not in ("Disabled", "Disabling"),
        "functionResponseTypes": there.get("FunctionResponseTypes"),
        "startingPosition": there.get("StartingPosition") or inputs.get("startingPosition"),
        "maximumBatchingWindowInSeconds": there.get("MaximumBatchingWindowInSeconds"),
        "tags": inputs.get("tags"),
    }
    return Found(found, {"uuid": identity, "functionArn": arn, "state": there.get("State")})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    _lambda(cloud, inputs).delete_event_source_mapping(UUID=identity)


EVENT_SOURCE_MAPPING = Resource(
    type="aws:lambda/eventSourceMapping:EventSourceMapping",
    inputs={
        "eventSourceArn": text(required=True, replaces=True),
        "functionName": text(required=True),
        "batchSize": whole(default=10, span=(1, 10_000)),
        "enabled": flag(default=True),
        "functionResponseTypes": items(text(choices=("ReportBatchItemFailures",))),
        "startingPosition": text(replaces=True, choices=("LATEST", "TRIM_HORIZON", "AT_TIMESTAMP")),
        "maximumBatchingWindowInSeconds": whole(default=0, span=(0, 300)),
        **TAGS,
        **REGION,
    },
    outputs=("uuid", "functionArn", "state"),
    stable=("uuid",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
