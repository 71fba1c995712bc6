"""``aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment``.

https://www.pulumi.com/registry/packages/aws/api-docs/cognito/identitypoolroleattachment/ . The id is the
pool's: a pool has one set of roles, and IdentityPoolId is the createOnlyProperty of
AWS::Cognito::IdentityPoolRoleAttachment in CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, block, items, mapping, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.identity_pool import identities

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _create(cloud: Cloud, inputs: Values) -> str:
    _update(cloud, inputs["identityPoolId"], inputs)
    return str(inputs["identityPoolId"])


def _update(cloud: Cloud, pool: str, inputs: Values) -> None:
    mappings = {
        one["identityProvider"]: {
            "Type": one["type"],
            "AmbiguousRoleResolution": one.get("ambiguousRoleResolution") or "Deny",
        }
        for one in inputs.get("roleMappings") or ()
    }
    identities(cloud, inputs).set_identity_pool_roles(
        IdentityPoolId=pool, Roles=inputs["roles"], RoleMappings=mappings
    )


def _read(cloud: Cloud, pool: str, inputs: Values) -> Found | None:
    there = identities(cloud, inputs).get_identity_pool_roles(IdentityPoolId=pool)
    if not there.get("Roles"):
        return None
    mappings = [
        {
            "identityProvider": provider,
            "type": one["Type"],
            "ambiguousRoleResolution": one.get("AmbiguousRoleResolution"),
        }
        for provider, one in (there.get("RoleMappings") or {}).items()
    ]
    return Found({"identityPoolId": pool, "roles": there["Roles"], "roleMappings": mappings}, {})


def _delete(cloud: Cloud, pool: str, inputs: Values) -> None:
    identities(cloud, inputs).set_identity_pool_roles(IdentityPoolId=pool, Roles={}, RoleMappings={})


_MAPPING = {
    "identityProvider": text(required=True),
    "type": text(required=True, choices=("Token", "Rules")),
    "ambiguousRoleResolution": text(choices=("AuthenticatedRole", "Deny")),
}

IDENTITY_POOL_ROLES = Resource(
    type="aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
    inputs={
        "identityPoolId": text(required=True, replaces=True, unique=True),
        "roles": mapping(required=True),
        "roleMappings": items(block(_MAPPING)),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
