"""``aws:iam/rolePolicy:RolePolicy``.

https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicy/ . The id is ``<role>:<policy>``.
PolicyName and RoleName are the createOnlyProperties of AWS::IAM::RolePolicy in CloudFormation.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.local.provider.check import Failure
from engine.local.provider.fields import document, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.role import policy_text
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.cloud import Cloud

_LARGEST = 10_240  # characters of all inline policies of a role, without white space


def _check(inputs: Values) -> Iterator[Failure]:
    policy = inputs.get("policy")
    if policy is UNKNOWN:
        return
    parsed = json.loads(policy or "{}")
    if not parsed.get("Statement"):
        yield Failure("policy", "a policy needs a Statement")
    if (size := len(json.dumps(parsed, separators=(",", ":")))) > _LARGEST:
        yield Failure("policy", f"{size} characters are more than the {_LARGEST} that IAM takes")


def _create(cloud: Cloud, inputs: Values) -> str:
    _update(cloud, "", inputs)
    return f"{inputs['role']}:{inputs['name']}"


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    cloud.client("iam").put_role_policy(
        RoleName=inputs["role"], PolicyName=inputs["name"], PolicyDocument=inputs["policy"]
    )


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    role, _, name = identity.partition(":")
    answer = cloud.client("iam").get_role_policy(RoleName=role, PolicyName=name)
    return Found({"role": role, "name": name, "policy": policy_text(answer["PolicyDocument"])}, {})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    role, _, name = identity.partition(":")
    cloud.client("iam").delete_role_policy(RoleName=role, PolicyName=name)


ROLE_POLICY = Resource(
    type="aws:iam/rolePolicy:RolePolicy",
    inputs={
        "role": text(required=True, replaces=True, unique=True),
        "name": text(replaces=True, unique=True, autoname=True, limit=128),
        "policy": document(required=True),
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
    check=_check,
)
