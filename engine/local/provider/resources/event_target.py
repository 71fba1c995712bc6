"""``aws:cloudwatch/eventTarget:EventTarget``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventtarget/ . The id is
``<rule>-<target>``, as the official provider makes it; rule and target id cannot be changed (PutTargets).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, text
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _events(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("events", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    _update(cloud, "", inputs)
    return f"{inputs['rule']}-{inputs['targetId']}"


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    target = {"Id": inputs["targetId"], "Arn": inputs["arn"]}
    optional = {"Input": inputs["input"]} if inputs.get("input") else {}
    _events(cloud, inputs).put_targets(Rule=inputs["rule"], Targets=[{**target, **optional}])


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found | None:
    listed = _events(cloud, inputs).list_targets_by_rule(Rule=inputs["rule"])["Targets"]
    there = next((target for target in listed if target["Id"] == inputs["targetId"]), None)
    if there is None:
        return None
    known = {"rule": inputs["rule"], "targetId": there["Id"]}
    return Found({**known, "arn": there["Arn"], "input": there.get("Input")}, {})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    _events(cloud, inputs).remove_targets(Rule=inputs["rule"], Ids=[inputs["targetId"]])


EVENT_TARGET = Resource(
    type="aws:cloudwatch/eventTarget:EventTarget",
    inputs={
        "rule": text(required=True, replaces=True, unique=True),
        "targetId": text(replaces=True, unique=True, autoname=True, limit=64),
        "arn": text(required=True),
        "input": text(limit=8192),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
