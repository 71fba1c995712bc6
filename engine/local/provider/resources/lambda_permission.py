"""``aws:lambda/permission:Permission``.

https://www.pulumi.com/registry/packages/aws/api-docs/lambda/permission/ . The id is the statement's. Every
property of AWS::Lambda::Permission in CloudFormation is a createOnlyProperty.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, text
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _lambda(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("lambda", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    optional = {"SourceArn": inputs.get("sourceArn"), "SourceAccount": inputs.get("sourceAccount")}
    _lambda(cloud, inputs).add_permission(
        FunctionName=inputs["function"],
        StatementId=inputs["statementId"],
        Action=inputs["action"],
        Principal=inputs["principal"],
        **{name: value for name, value in optional.items() if value},
    )
    return str(inputs["statementId"])


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found | None:
    policy = json.loads(_lambda(cloud, inputs).get_policy(FunctionName=inputs["function"])["Policy"])
    statement = next((one for one in policy.get("Statement", ()) if one.get("Sid") == identity), None)
    if statement is None:
        return None
    known = ("function", "statementId", "action", "principal", "sourceArn", "sourceAccount")
    return Found({name: inputs.get(name) for name in known}, {})


def _nothing(cloud: Cloud, identity: str, inputs: Values) -> None:
    """Every change replaces it."""


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    _lambda(cloud, inputs).remove_permission(FunctionName=inputs["function"], StatementId=identity)


LAMBDA_PERMISSION = Resource(
    type="aws:lambda/permission:Permission",
    inputs={
        "function": text(required=True, replaces=True, unique=True),
        "statementId": text(replaces=True, unique=True, autoname=True, limit=100),
        "action": text(required=True, replaces=True),
        "principal": text(required=True, replaces=True),
        "sourceArn": text(replaces=True),
        "sourceAccount": text(replaces=True),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_nothing,
    delete=_delete,
)
