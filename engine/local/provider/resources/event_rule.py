"""``aws:cloudwatch/eventRule:EventRule``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventrule/ . The id is the name. Name and
EventBusName are the createOnlyProperties of AWS::Events::Rule in CloudFormation. The emulator takes any
schedule, and a wrong one stops all its others: those of the spec are checked there
(engine.spec.backend.schedule).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, TAGS, document, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_list

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_ASKED = {
    "scheduleExpression": "ScheduleExpression",
    "eventPattern": "EventPattern",
    "description": "Description",
    "state": "State",
}


def _events(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("events", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    _events(cloud, inputs).put_rule(Name=inputs["name"], Tags=tag_list(inputs), **_rule(inputs))
    return str(inputs["name"])


def _rule(inputs: Values) -> dict[str, str]:
    return {api: inputs[name] for name, api in _ASKED.items() if inputs.get(name)}


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    client = _events(cloud, inputs)
    arn = client.put_rule(Name=name, **_rule(inputs))["RuleArn"]
    bring_tags(
        _tags(client, arn),
        inputs,
        lambda tags: client.tag_resource(
            ResourceARN=arn, Tags=[{"Key": key, "Value": value} for key, value in tags.items()]
        ),
        lambda keys: client.untag_resource(ResourceARN=arn, TagKeys=keys),
    )


def _tags(client: Any, arn: str) -> dict[str, str]:
    listed = client.list_tags_for_resource(ResourceARN=arn)["Tags"]
    return {tag["Key"]: tag["Value"] for tag in listed}


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    client = _events(cloud, inputs)
    there = client.describe_rule(Name=name)
    found = {ours: there.get(api) for ours, api in _ASKED.items()}
    tags = map_inputs(_tags(client, there["Arn"]), inputs)
    return Found({"name": name, **found, **tags}, {"arn": there["Arn"]})


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    _events(cloud, inputs).delete_rule(Name=name)


EVENT_RULE = Resource(
    type="aws:cloudwatch/eventRule:EventRule",
    inputs={
        "name": text(replaces=True, unique=True, autoname=True, limit=64),
        "scheduleExpression": text(limit=256),
        "eventPattern": document(),
        "description": text(limit=512),
        "state": text(default="ENABLED", choices=("ENABLED", "DISABLED")),
        **TAGS,
        **REGION,
    },
    outputs=("arn",),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
