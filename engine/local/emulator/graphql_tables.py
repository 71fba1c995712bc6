"""What a resolver asks of a table, carried out by the emulator's DynamoDB.

ministack's AppSync looks into the table itself and passes over conditions: every query gives all items, those
of other users as well.
https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.local.emulator.expressions import Expression, condition, update

_PASSED = {
    "index": "IndexName",
    "limit": "Limit",
    "scanIndexForward": "ScanIndexForward",
    "consistentRead": "ConsistentRead",
    "select": "Select",
    "segment": "Segment",
    "totalSegments": "TotalSegments",
}


def on_tables(appsync: Any) -> None:
    """Patch the module ``ministack.services.appsync`` of this process."""

    def run(api_id: str, data_source: Any, asked: Any, context: Any) -> Any:
        table = data_source.get("dynamodbConfig", {}).get("tableName", "")
        try:
            return _run(table, asked if isinstance(asked, Mapping) else {})
        except _RefusedError as error:
            raise appsync._AppSyncResolverError(str(error), error.kind) from error
        except ValueError as error:
            raise appsync._AppSyncResolverError(str(error), "MappingTemplate") from error

    appsync._ds_dynamodb_in_region = run


class _RefusedError(Exception):
    """DynamoDB said no."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = f"DynamoDB:{kind}"


def _run(table: str, asked: Mapping[str, Any]) -> Any:
    operation = asked.get("operation", "GetItem")
    parameters = {"TableName": table}
    match operation:
        case "GetItem":
            return _plain(_call("get_item", {**parameters, "Key": _typed_map(asked["key"])}).get("Item"))
        case "PutItem":
            item = {**_values(asked["key"]), **_values(asked.get("attributeValues") or {})}
            _call("put_item", {**parameters, "Item": _typed_map(item), **_condition(asked)})
            return item
        case "UpdateItem":
            return _updated(parameters, asked)
        case "DeleteItem":
            wanted = {"Key": _typed_map(asked["key"]), "ReturnValues": "ALL_OLD", **_condition(asked)}
            return _plain(_call("delete_item", {**parameters, **wanted}).get("Attributes"))
        case "Query" | "Scan":
            return _listed(operation.lower(), parameters, asked)
    raise ValueError(f"the local target does not know the operation {operation} of a resolver")


def _updated(parameters: dict[str, Any], asked: Mapping[str, Any]) -> Any:
    change = _expression(asked.get("update") or {}, update)
    wanted = {
        "Key": _typed_map(asked["key"]),
        "ReturnValues": "ALL_NEW",
        "UpdateExpression": change.text,
        **_references(change, _of(asked, "condition")),
        **({"ConditionExpression": _of(asked, "condition").text} if asked.get("condition") else {}),
    }
    return _plain(_call("update_item", {**parameters, **wanted}).get("Attributes"))


def _listed(operation: str, parameters: dict[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    keys, rest = _of(asked, "query"), _of(asked, "filter")
    rest = _renamed(rest, "f")
    wanted = {
        **{api: asked[name] for name, api in _PASSED.items() if asked.get(name) is not None},
        **({"KeyConditionExpression": keys.text} if keys.text else {}),
        **({"FilterExpression": rest.text} if rest.text else {}),
        **_references(keys, rest),
    }
    if token := asked.get("nextToken"):
        wanted["ExclusiveStartKey"] = json.loads(base64.b64decode(token))
    answer = _call(operation, {**parameters, **wanted})
    last = answer.get("LastEvaluatedKey")
    return {
        "items": [_plain(item) for item in answer.get("Items") or ()],
        "nextToken": base64.b64encode(json.dumps(last).encode()).decode() if last else None,
        "scannedCount": answer.get("ScannedCount", 0),
    }


def _condition(asked: Mapping[str, Any]) -> dict[str, Any]:
    wanted = _of(asked, "condition")
    return {"ConditionExpression": wanted.text, **_references(wanted)} if wanted.text else {}


def _of(asked: Mapping[str, Any], name: str) -> Expression:
    return _renamed(_expression(asked.get(name) or {}, condition), name[0] if name != "query" else "k")


def _expression(wanted: Mapping[str, Any], compile_: Any) -> Expression:
    """What is written as an expression already, or by the helpers of ``@aws-appsync/utils/dynamodb``."""
    if "expression" in wanted:
        values = _values(wanted.get("expressionValues") or {})
        return Expression(wanted["expression"], dict(wanted.get("expressionNames") or {}), values)
    made: Expression = compile_(wanted)
    return made


def _renamed(made: Expression, mark: str) -> Expression:
    """The same with references of its own, so that two fit into one request."""
    if not any(reference.startswith(("#n", ":v")) for reference in (*made.names, *made.values)):
        return made
    text = made.text.replace("#n", f"#{mark}n").replace(":v", f":{mark}v")
    names = {reference.replace("#n", f"#{mark}n"): name for reference, name in made.names.items()}
    values = {reference.replace(":v", f":{mark}v"): value for reference, value in made.values.items()}
    return Expression(text, names, values)


def _references(*expressions: Expression) -> dict[str, Any]:
    names = {reference: name for one in expressions for reference, name in one.names.items()}
    values = {reference: value for one in expressions for reference, value in one.values.items()}
    return {
        **({"ExpressionAttributeNames": names} if names else {}),
        **({"ExpressionAttributeValues": _typed_map(values)} if values else {}),
    }


def _call(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
    from ministack.services import dynamodb

    status, _, body = getattr(dynamodb, f"_{operation}")(parameters)
    answer = json.loads(body) if body else {}
    if status != 200:
        kind = str(answer.get("__type", "")).rpartition("#")[2]
        raise _RefusedError(kind, answer.get("message") or answer.get("Message") or kind)
    return dict(answer)


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values, also where ``util.dynamodb`` made typed ones."""
    from ministack.services import appsync

    return dict(appsync._ddb_plain(given))


def _typed_map(given: Mapping[str, Any]) -> dict[str, Any]:
    from boto3.dynamodb.types import TypeSerializer

    serializer = TypeSerializer()
    return {name: serializer.serialize(_decimal(value)) for name, value in _values(given).items()}


def _decimal(value: Any) -> Any:
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, Mapping):
        return {name: _decimal(inner) for name, inner in value.items()}
    return [_decimal(inner) for inner in value] if isinstance(value, list) else value


def _plain(item: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return _values(item) if item is not None else None
