"""The identity pool: AWS credentials for users, signed in or guests, each by their role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.options import options

if TYPE_CHECKING:
    from engine.spec.backend.auth import Auth
    from programs.scope import Scope


@dataclass(frozen=True)
class Identities:
    """The pool, and the roles by who takes them on: ``authenticated``, ``guest``, ``groups.<name>``."""

    pool: aws.cognito.IdentityPool
    roles: dict[str, aws.iam.Role]


def identity_pool(
    scope: Scope, wanted: Auth, users: aws.cognito.UserPool, client: aws.cognito.UserPoolClient
) -> Identities:
    """The pool over the ``client``, with its roles."""
    pool = aws.cognito.IdentityPool(
        "auth-identities",
        identity_pool_name=scope.name("auth", "identities"),
        allow_unauthenticated_identities=wanted.guests,
        cognito_identity_providers=[
            aws.cognito.IdentityPoolCognitoIdentityProviderArgs(
                client_id=client.id, provider_name=users.endpoint, server_side_token_check=True
            )
        ],
        tags=scope.plan.tags,
        opts=scope.stateful(),  # users are known by their ids in it, and so are their files
    )
    roles = {name: _role(scope, pool, name) for name in _role_names(scope, wanted)}
    _attach(pool, users, client, roles)
    return Identities(pool, roles)


def _role_names(scope: Scope, wanted: Auth) -> list[str]:
    """Of the groups only those that may do more than others who are signed in."""
    ruled = {
        subject
        for bucket in scope.backend.spec.storage.values()
        for rules in bucket.access.values()
        for subject in rules
    }
    groups = [f"groups.{name}" for name in wanted.groups if f"groups.{name}" in ruled]
    return ["authenticated", *(["guest"] if wanted.guests else []), *groups]


def _role(scope: Scope, pool: aws.cognito.IdentityPool, name: str) -> aws.iam.Role:
    # https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
    trust = {
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": pool.id},
            "ForAnyValue:StringLike": {
                "cognito-identity.amazonaws.com:amr": "unauthenticated"
                if name == "guest"
                else "authenticated"
            },
        },
    }
    logical = f"auth-{name.replace('.', '-')}"
    return aws.iam.Role(
        f"{logical}-role",
        name=scope.name("role", logical),
        assume_role_policy=pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [trust]}),
        tags=scope.plan.tags,
        opts=options(),
    )


def _attach(
    pool: aws.cognito.IdentityPool,
    users: aws.cognito.UserPool,
    client: aws.cognito.UserPoolClient,
    roles: dict[str, aws.iam.Role],
) -> None:
    attached = {"authenticated": roles["authenticated"].arn}
    if "guest" in roles:
        attached["unauthenticated"] = roles["guest"].arn
    by_group = aws.cognito.IdentityPoolRoleAttachmentRoleMappingArgs(
        identity_provider=pulumi.Output.concat(users.endpoint, ":", client.id),
        type="Token",
        ambiguous_role_resolution="AuthenticatedRole",
    )
    aws.cognito.IdentityPoolRoleAttachment(
        "auth-roles",
        identity_pool_id=pool.id,
        roles=attached,
        role_mappings=[by_group] if any(name.startswith("groups.") for name in roles) else None,
        opts=pulumi.ResourceOptions(parent=pool),
    )
