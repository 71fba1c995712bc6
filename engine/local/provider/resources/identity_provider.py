"""``aws:cognito/identityProvider:IdentityProvider``.

https://www.pulumi.com/registry/packages/aws/api-docs/cognito/identityprovider/ . The id is
``<pool>:<name>``, which import takes. UserPoolId, ProviderName and ProviderType are the
createOnlyProperties of AWS::Cognito::UserPoolIdentityProvider in CloudFormation. AWS adds details that it
finds by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, mapping, text
from engine.local.provider.plain import to_plain
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.user_pool import cognito

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _create(cloud: Cloud, inputs: Values) -> str:
    cognito(cloud, inputs).create_identity_provider(**to_plain(IDENTITY_PROVIDER.inputs, inputs))
    return f"{inputs['userPoolId']}:{inputs['providerName']}"


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    wanted = to_plain(IDENTITY_PROVIDER.inputs, inputs, ("providerType",))
    cognito(cloud, inputs).update_identity_provider(**wanted)


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    pool, _, name = identity.partition(":")
    there = cognito(cloud, inputs).describe_identity_provider(UserPoolId=pool, ProviderName=name)
    provider = there["IdentityProvider"]
    details = provider.get("ProviderDetails") or {}
    known = inputs.get("providerDetails") or details
    found = {
        "userPoolId": pool,
        "providerName": name,
        "providerType": provider["ProviderType"],
        "providerDetails": {key: details[key] for key in known if key in details},
        "attributeMapping": provider.get("AttributeMapping"),
    }
    return Found(found, {})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    pool, _, name = identity.partition(":")
    cognito(cloud, inputs).delete_identity_provider(UserPoolId=pool, ProviderName=name)


_TYPES = ("Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "OIDC", "SAML")

IDENTITY_PROVIDER = Resource(
    type="aws:cognito/identityProvider:IdentityProvider",
    inputs={
        "userPoolId": text(required=True, replaces=True, unique=True),
        "providerName": text(required=True, replaces=True, unique=True, limit=32),
        "providerType": text(required=True, replaces=True, choices=_TYPES),
        "providerDetails": mapping(required=True),
        "attributeMapping": mapping(),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
