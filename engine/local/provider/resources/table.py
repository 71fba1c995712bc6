"""``aws:dynamodb/table:Table``.

https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/ . The id is the name. The official
provider says "Forces new resource" of hashKey and rangeKey; TableName is a createOnlyProperty of
AWS::DynamoDB::Table in CloudFormation. AWS makes or removes one index in one call (UpdateTable).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, TAGS, block, flag, items, text, whole
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.table_inputs import index_inputs, read_inputs, table_request
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_list

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _dynamodb(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("dynamodb", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    request = table_request(inputs)
    answer = _dynamodb(cloud, inputs).create_table(**request, Tags=tag_list(inputs))
    return str(answer["TableDescription"]["TableName"])


def _settle(cloud: Cloud, name: str, inputs: Values) -> None:
    client = _dynamodb(cloud, inputs)
    client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    wanted = bool((inputs.get("pointInTimeRecovery") or {}).get("enabled"))
    client.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": wanted}
    )
    _expire(client, name, inputs.get("ttl") or {})


def _expire(client: Any, name: str, wanted: Values) -> None:
    there = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    now = there.get("AttributeName") if there.get("TimeToLiveStatus") in ("ENABLED", "ENABLING") else None
    attribute = wanted.get("attributeName") if wanted.get("enabled", bool(wanted)) else None
    for enabled, which in ((False, now), (True, attribute)):
        if which and now != attribute:
            client.update_time_to_live(
                TableName=name, TimeToLiveSpecification={"Enabled": enabled, "AttributeName": which}
            )


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    client, wanted = _dynamodb(cloud, inputs), table_request(inputs)
    there = client.describe_table(TableName=name)["Table"]
    client.update_table(TableName=name, **_changeable(wanted))
    _bring_stream(client, name, there.get("StreamSpecification") or {}, wanted["StreamSpecification"])
    _bring_indexes(client, name, there, wanted)
    _settle(cloud, name, inputs)
    arn = there["TableArn"]
    bring_tags(
        _tags(client, arn),
        inputs,
        lambda tags: client.tag_resource(
            ResourceArn=arn, Tags=[{"Key": key, "Value": value} for key, value in tags.items()]
        ),
        lambda keys: client.untag_resource(ResourceArn=arn, TagKeys=keys),
    )


def _changeable(wanted: Values) -> Values:
    left_out = ("TableName", "KeySchema", "GlobalSecondaryIndexes", "StreamSpecification")
    return {key: value for key, value in wanted.items() if key not in left_out}


def _bring_stream(client: Any, name: str, there: Values, wanted: Values) -> None:
    # AWS refuses to change a stream, and to set it to what it is.
    if there.get("StreamEnabled") and there != wanted:
        client.update_table(TableName=name, StreamSpecification={"StreamEnabled": False})
    if wanted["StreamEnabled"] and there != wanted:
        client.update_table(TableName=name, StreamSpecification=wanted)


def _bring_indexes(client: Any, name: str, there: Values, wanted: Values) -> None:
    known = {index["IndexName"]: index for index in there.get("GlobalSecondaryIndexes") or ()}
    asked = {index["IndexName"]: index for index in wanted.get("GlobalSecondaryIndexes", ())}
    same = {index for index in known if index in asked and not _differs(known[index], asked[index])}
    gone = [{"Delete": {"IndexName": index}} for index in known if index not in same]
    new = [{"Create": definition} for index, definition in asked.items() if index not in same]
    for change in (*gone, *new):
        client.update_table(
            TableName=name,
            AttributeDefinitions=wanted["AttributeDefinitions"],
            GlobalSecondaryIndexUpdates=[change],
        )


def _differs(there: Values, wanted: Values) -> bool:
    return any(there.get(key) != wanted.get(key) for key in ("KeySchema", "Projection"))


def _tags(client: Any, arn: str) -> dict[str, str]:
    listed = client.list_tags_of_resource(ResourceArn=arn).get("Tags", [])
    return {tag["Key"]: tag["Value"] for tag in listed}


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    client = _dynamodb(cloud, inputs)
    there = client.describe_table(TableName=name)["Table"]
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    expiry = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    found = {
        **read_inputs(there, backups, expiry),
        **map_inputs(_tags(client, there["TableArn"]), inputs),
    }
    outputs = {
        "arn": there["TableArn"],
        "streamArn": there.get("LatestStreamArn") or "",
        "streamLabel": there.get("LatestStreamLabel") or "",
    }
    return Found(found, outputs)


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    _dynamodb(cloud, inputs).delete_table(TableName=name)


TABLE = Resource(
    type="aws:dynamodb/table:Table",
    inputs={
        "name": text(replaces=True, unique=True, autoname=True, limit=255),
        "attributes": items(block({"name": text(required=True), "type": text(choices=("S", "N", "B"))})),
        "hashKey": text(required=True, replaces=True),
        "rangeKey": text(replaces=True),
        "billingMode": text(default="PROVISIONED", choices=("PROVISIONED", "PAY_PER_REQUEST")),
        "readCapacity": whole(computed=True),
        "writeCapacity": whole(computed=True),
        "globalSecondaryIndexes": items(block(index_inputs())),
        "streamEnabled": flag(default=False),
        "streamViewType": text(),
        "ttl": block({"attributeName": text(), "enabled": flag(default=False)}),
        "pointInTimeRecovery": block({"enabled": flag(required=True)}),
        "deletionProtectionEnabled": flag(default=False),
        **TAGS,
        **REGION,
    },
    outputs=("arn", "streamArn", "streamLabel"),
    stable=("arn",),
    create=_create,
    settle=_settle,
    read=_read,
    update=_update,
    delete=_delete,
)
