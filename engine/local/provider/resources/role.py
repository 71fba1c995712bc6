"""``aws:iam/role:Role``.

https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/ . The id is the name. RoleName and Path are
the createOnlyProperties of AWS::IAM::Role in CloudFormation. The emulator takes a trust policy that says
nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from engine.local.provider.check import Failure
from engine.local.provider.fields import TAGS, document, text, whole
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_list
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.cloud import Cloud


def _check(inputs: Values) -> Iterator[Failure]:
    policy = inputs.get("assumeRolePolicy")
    if policy is not UNKNOWN and not json.loads(policy or "{}").get("Statement"):
        yield Failure("assumeRolePolicy", "a trust policy needs a Statement")


def _create(cloud: Cloud, inputs: Values) -> str:
    answer = cloud.client("iam").create_role(
        RoleName=inputs["name"],
        Path=inputs.get("path") or "/",
        AssumeRolePolicyDocument=inputs["assumeRolePolicy"],
        Description=inputs.get("description") or "",
        MaxSessionDuration=inputs.get("maxSessionDuration") or 3600,
        Tags=tag_list(inputs),
    )
    return str(answer["Role"]["RoleName"])


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    iam = cloud.client("iam")
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=inputs["assumeRolePolicy"])
    iam.update_role(
        RoleName=name,
        Description=inputs.get("description") or "",
        MaxSessionDuration=inputs.get("maxSessionDuration") or 3600,
    )
    bring_tags(
        _tags(cloud, name),
        inputs,
        lambda tags: iam.tag_role(RoleName=name, Tags=[{"Key": k, "Value": v} for k, v in tags.items()]),
        lambda keys: iam.untag_role(RoleName=name, TagKeys=keys),
    )


def _tags(cloud: Cloud, name: str) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in cloud.client("iam").list_role_tags(RoleName=name)["Tags"]}


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    role = cloud.client("iam").get_role(RoleName=name)["Role"]
    found = {
        "name": role["RoleName"],
        "path": role["Path"],
        "assumeRolePolicy": policy_text(role["AssumeRolePolicyDocument"]),
        "description": role.get("Description"),
        "maxSessionDuration": role.get("MaxSessionDuration"),
        **map_inputs(_tags(cloud, name), inputs),
    }
    return Found(found, {"arn": role["Arn"], "uniqueId": role["RoleId"]})


def policy_text(document: Any) -> str:
    """A policy as IAM answers it (parsed by botocore, or still URL-encoded) as the inputs have it."""
    return unquote(document) if isinstance(document, str) else json.dumps(document)


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    cloud.client("iam").delete_role(RoleName=name)


ROLE = Resource(
    type="aws:iam/role:Role",
    inputs={
        "name": text(replaces=True, unique=True, autoname=True, limit=64),
        "path": text(default="/", replaces=True),
        "assumeRolePolicy": document(required=True),
        "description": text(limit=1000),
        "maxSessionDuration": whole(default=3600, span=(3600, 43_200)),
        **TAGS,
    },
    outputs=("arn", "uniqueId"),
    stable=("arn", "uniqueId"),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
    check=_check,
)
