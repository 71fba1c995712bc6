"""``aws:cognito/userGroup:UserGroup``.

https://www.pulumi.com/registry/packages/aws/api-docs/cognito/usergroup/ . The id is ``<pool>/<group>``,
which import takes. UserPoolId and GroupName are the createOnlyProperties of AWS::Cognito::UserPoolGroup in
CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, text, whole
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.user_pool import cognito

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _create(cloud: Cloud, inputs: Values) -> str:
    cognito(cloud, inputs).create_group(**to_plain(USER_GROUP.inputs, inputs))
    return f"{inputs['userPoolId']}/{inputs['name']}"


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    cognito(cloud, inputs).update_group(**to_plain(USER_GROUP.inputs, inputs))


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    pool, _, name = identity.partition("/")
    there = cognito(cloud, inputs).get_group(UserPoolId=pool, GroupName=name)["Group"]
    return Found({**from_plain(USER_GROUP.inputs, there), "userPoolId": pool}, {})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    pool, _, name = identity.partition("/")
    cognito(cloud, inputs).delete_group(UserPoolId=pool, GroupName=name)


USER_GROUP = Resource(
    type="aws:cognito/userGroup:UserGroup",
    inputs={
        "userPoolId": text(required=True, replaces=True, unique=True),
        "name": text(replaces=True, unique=True, autoname=True, limit=128, api="GroupName"),
        "description": text(limit=2048),
        "precedence": whole(),
        "roleArn": text(),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
