"""``aws:cognito/identityPool:IdentityPool``.

https://www.pulumi.com/registry/packages/aws/api-docs/cognito/identitypool/ . The id is the pool's. The
official provider says "Forces new resource" of identityPoolName and developerProviderName.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, TAGS, block, flag, items, mapping, text
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import map_inputs, tag_map

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def identities(cloud: Cloud, inputs: Values) -> Any:
    """The client of identity pools for a resource with these inputs."""
    return cloud.client("cognito-identity", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    return str(identities(cloud, inputs).create_identity_pool(**_settings(inputs))["IdentityPoolId"])


def _settings(inputs: Values) -> Values:
    return {**to_plain(IDENTITY_POOL.inputs, inputs, ("tags",)), "IdentityPoolTags": tag_map(inputs)}


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    identities(cloud, inputs).update_identity_pool(IdentityPoolId=identity, **_settings(inputs))


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    there = identities(cloud, inputs).describe_identity_pool(IdentityPoolId=identity)
    found = {
        **from_plain(IDENTITY_POOL.inputs, there),
        **map_inputs(there.get("IdentityPoolTags") or {}, inputs),
    }
    region = inputs.get("region") or cloud.target.region
    arn = f"arn:aws:cognito-identity:{region}:{cloud.account}:identitypool/{identity}"
    return Found(found, {"arn": arn})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    identities(cloud, inputs).delete_identity_pool(IdentityPoolId=identity)


_PROVIDER = {
    "clientId": text(),
    "providerName": text(),
    "serverSideTokenCheck": flag(default=False),
}

IDENTITY_POOL = Resource(
    type="aws:cognito/identityPool:IdentityPool",
    inputs={
        "identityPoolName": text(required=True, replaces=True, limit=128),
        "allowUnauthenticatedIdentities": flag(default=False),
        "allowClassicFlow": flag(default=False),
        "cognitoIdentityProviders": items(block(_PROVIDER)),
        "supportedLoginProviders": mapping(),
        **TAGS,
        **REGION,
    },
    outputs=("arn",),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
