"""What lets a function read its own secrets as it starts, and tells it which they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.functions.wrapper import HANDLER
from programs.iam import allow_statements
from programs.linked import Grant

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pulumi_aws as aws

    from engine.spec.backend.functions import Function
    from programs.scope import Scope


def paths(scope: Scope, function: Function) -> dict[str, str]:
    """Name -> parameter of the secrets that the function is given; an outsider's pull request has none."""
    known = scope.backend.secrets
    return {name: known[name] for name in function.secrets if name in known}


def handler(function: Function) -> str:
    """What Lambda calls: the function's own handler, or what reads its secrets first."""
    return HANDLER if function.secrets else function.handler


def secret_variables(scope: Scope, function: Function) -> dict[str, str]:
    """What that needs to know; no value of a secret."""
    if not function.secrets:
        return {}
    told = json.dumps(paths(scope, function), sort_keys=True)
    return {"WINDLASS_HANDLER": function.handler, "WINDLASS_SECRETS": told}


def secret_grants(scope: Scope, function: Function) -> Iterator[Grant]:
    """To read exactly these parameters."""
    if found := paths(scope, function):
        place = f"arn:aws:ssm:{scope.plan.region}:{scope.plan.account}:parameter"
        yield Grant(("ssm:GetParameters",), tuple(f"{place}{path}" for path in found.values()))


def allow_key(scope: Scope, logical: str, function: Function, role: aws.iam.Role) -> None:
    """Let ``role`` decrypt them, and nothing else, with the policy's key; AWS's own key needs no leave.

    https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
    """
    found, key = paths(scope, function), scope.backend.secrets_key
    if not (found and key):
        return
    region, account = scope.plan.region, scope.plan.account
    place = f"arn:aws:ssm:{region}:{account}:parameter"
    condition: dict[str, dict[str, object]] = {
        "StringEquals": {"kms:EncryptionContext:PARAMETER_ARN": [f"{place}{path}" for path in found.values()]}
    }
    resource = key
    if key.startswith("alias/"):
        resource = f"arn:aws:kms:{region}:{account}:key/*"
        condition["ForAnyValue:StringEquals"] = {"kms:ResourceAliases": key}
    elif not key.startswith("arn:"):
        resource = f"arn:aws:kms:{region}:{account}:key/{key}"
    allowed = {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [resource], "Condition": condition}
    allow_statements(f"{logical}-key-policy", role, [allowed], name="key")
