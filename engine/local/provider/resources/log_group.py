"""``aws:cloudwatch/logGroup:LogGroup``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/loggroup/ . The id is the name.
LogGroupName is the createOnlyProperty of AWS::Logs::LogGroup in CloudFormation. AWS takes certain days of
retention only; 0 keeps for ever (PutRetentionPolicy).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, TAGS, text, whole
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_map

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _logs(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("logs", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    _logs(cloud, inputs).create_log_group(logGroupName=inputs["name"], tags=tag_map(inputs))
    return str(inputs["name"])


def _retain(cloud: Cloud, name: str, inputs: Values) -> None:
    client, days = _logs(cloud, inputs), inputs.get("retentionInDays")
    if days:
        client.put_retention_policy(logGroupName=name, retentionInDays=days)
    else:
        client.delete_retention_policy(logGroupName=name)


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    _retain(cloud, name, inputs)
    client = _logs(cloud, inputs)
    bring_tags(
        _tags(client, name),
        inputs,
        lambda tags: client.tag_log_group(logGroupName=name, tags=tags),
        lambda keys: client.untag_log_group(logGroupName=name, tags=keys),
    )


def _tags(client: Any, name: str) -> dict[str, str]:
    return dict(client.list_tags_log_group(logGroupName=name).get("tags", {}))


def _read(cloud: Cloud, name: str, inputs: Values) -> Found | None:
    client = _logs(cloud, inputs)
    listed = client.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    group = next((group for group in listed if group["logGroupName"] == name), None)
    if group is None:
        return None
    found = {"name": name, "retentionInDays": group.get("retentionInDays")}
    return Found(
        {**found, **map_inputs(_tags(client, name), inputs)}, {"arn": group["arn"].removesuffix(":*")}
    )


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    _logs(cloud, inputs).delete_log_group(logGroupName=name)


LOG_GROUP = Resource(
    type="aws:cloudwatch/logGroup:LogGroup",
    inputs={
        "name": text(replaces=True, unique=True, autoname=True, limit=512),
        "retentionInDays": whole(default=0),
        **TAGS,
        **REGION,
    },
    outputs=("arn",),
    stable=("arn",),
    create=_create,
    settle=_retain,
    read=_read,
    update=_update,
    delete=_delete,
)
