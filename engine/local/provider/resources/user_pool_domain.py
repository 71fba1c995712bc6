"""``aws:cognito/userPoolDomain:UserPoolDomain``.

https://www.pulumi.com/registry/packages/aws/api-docs/cognito/userpooldomain/ . The id is the domain.
UserPoolId and Domain are the createOnlyProperties of AWS::Cognito::UserPoolDomain in CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.user_pool import cognito

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _create(cloud: Cloud, inputs: Values) -> str:
    cognito(cloud, inputs).create_user_pool_domain(Domain=inputs["domain"], UserPoolId=inputs["userPoolId"])
    return str(inputs["domain"])


def _nothing(cloud: Cloud, domain: str, inputs: Values) -> None:
    """Every change replaces it."""


def _read(cloud: Cloud, domain: str, inputs: Values) -> Found | None:
    there = cognito(cloud, inputs).describe_user_pool_domain(Domain=domain).get("DomainDescription") or {}
    if not there.get("UserPoolId"):
        return None
    return Found({"domain": domain, "userPoolId": there["UserPoolId"]}, {})


def _delete(cloud: Cloud, domain: str, inputs: Values) -> None:
    cognito(cloud, inputs).delete_user_pool_domain(Domain=domain, UserPoolId=inputs["userPoolId"])


USER_POOL_DOMAIN = Resource(
    type="aws:cognito/userPoolDomain:UserPoolDomain",
    inputs={
        "domain": text(required=True, replaces=True, unique=True, limit=63),
        "userPoolId": text(required=True, replaces=True),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_nothing,
    delete=_delete,
)
