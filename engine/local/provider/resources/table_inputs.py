"""The inputs of a table in the shape of DynamoDB's API, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import Fields, ordered, text, whole

if TYPE_CHECKING:
    from engine.local.provider.values import Values


def index_inputs() -> Fields:
    """The inputs of a global secondary index."""
    return {
        "name": text(required=True),
        "hashKey": text(),
        "rangeKey": text(),
        "projectionType": text(required=True, choices=("ALL", "KEYS_ONLY", "INCLUDE")),
        "nonKeyAttributes": ordered(text()),
        "readCapacity": whole(),
        "writeCapacity": whole(),
    }


def table_request(inputs: Values) -> Values:
    """The parameters of CreateTable."""
    indexes = [_index(one, inputs) for one in inputs.get("globalSecondaryIndexes") or ()]
    stream = {"StreamEnabled": bool(inputs.get("streamEnabled"))}
    if stream["StreamEnabled"]:
        stream["StreamViewType"] = inputs["streamViewType"]
    return {
        "TableName": inputs["name"],
        "AttributeDefinitions": [
            {"AttributeName": one["name"], "AttributeType": one["type"]} for one in inputs["attributes"]
        ],
        "KeySchema": _keys(inputs),
        "BillingMode": inputs.get("billingMode") or "PROVISIONED",
        "StreamSpecification": stream,
        "DeletionProtectionEnabled": bool(inputs.get("deletionProtectionEnabled")),
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
        **_capacity(inputs, inputs),
    }


def read_inputs(there: Values, backups: Values, expiry: Values) -> Values:
    """The inputs that would have made the table that is ``there``."""
    recovery = backups.get("PointInTimeRecoveryDescription") or {}
    enabled = expiry.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
    stream = there.get("StreamSpecification") or {}
    billing = (there.get("BillingModeSummary") or {}).get("BillingMode") or "PROVISIONED"
    paid = billing == "PROVISIONED"
    return {
        "name": there["TableName"],
        "attributes": [
            {"name": one["AttributeName"], "type": one["AttributeType"]}
            for one in there["AttributeDefinitions"]
        ],
        **_read_keys(there["KeySchema"]),
        "billingMode": billing,
        **_read_capacity(there, paid=paid),
        "globalSecondaryIndexes": [
            _read_index(one, paid=paid) for one in there.get("GlobalSecondaryIndexes") or ()
        ],
        "streamEnabled": bool(stream.get("StreamEnabled")),
        "streamViewType": stream.get("StreamViewType"),
        "ttl": {"attributeName": expiry.get("AttributeName"), "enabled": True} if enabled else None,
        "pointInTimeRecovery": {"enabled": recovery.get("PointInTimeRecoveryStatus") == "ENABLED"},
        "deletionProtectionEnabled": bool(there.get("DeletionProtectionEnabled")),
    }


def _keys(inputs: Values) -> list[Values]:
    named = (("HASH", inputs.get("hashKey")), ("RANGE", inputs.get("rangeKey")))
    return [{"AttributeName": name, "KeyType": kind} for kind, name in named if name]


def _read_keys(schema: list[Any]) -> Values:
    names = {one["KeyType"]: one["AttributeName"] for one in schema}
    return {"hashKey": names.get("HASH"), "rangeKey": names.get("RANGE")}


def _index(one: Values, table: Values) -> Values:
    projection = {"ProjectionType": one["projectionType"]}
    if one.get("nonKeyAttributes"):
        projection["NonKeyAttributes"] = one["nonKeyAttributes"]
    keys = {"IndexName": one["name"], "KeySchema": _keys(one), "Projection": projection}
    return {**keys, **_capacity(one, table)}


def _read_index(one: Values, *, paid: bool) -> Values:
    projection = one["Projection"]
    return {
        "name": one["IndexName"],
        **_read_keys(one["KeySchema"]),
        "projectionType": projection["ProjectionType"],
        "nonKeyAttributes": projection.get("NonKeyAttributes"),
        **_read_capacity(one, paid=paid),
    }


def _capacity(values: Values, table: Values) -> Values:
    if table.get("billingMode") == "PAY_PER_REQUEST":
        return {}
    read, write = values.get("readCapacity") or 1, values.get("writeCapacity") or 1
    return {"ProvisionedThroughput": {"ReadCapacityUnits": read, "WriteCapacityUnits": write}}


def _read_capacity(there: Values, *, paid: bool) -> Values:
    given = (there.get("ProvisionedThroughput") or {}) if paid else {}
    return {"readCapacity": given.get("ReadCapacityUnits"), "writeCapacity": given.get("WriteCapacityUnits")}
