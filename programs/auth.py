"""The user pool, its groups, and the client that browsers use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.functions import function_arn
from programs.iam import service_role
from programs.identity_pool import identity_pool
from programs.identity_providers import identity_providers
from programs.linked import Grant, Linked

if TYPE_CHECKING:
    from engine.spec.backend.auth import Auth
    from programs.linked import Links
    from programs.scope import Scope

_ATTRIBUTES = {"email": "email", "phone": "phone_number"}
_MFA = {"none": "OFF", "optional": "OPTIONAL", "required": "ON"}
_UNITS = {"access_token": "minutes", "id_token": "minutes", "refresh_token": "days"}
_RECOVERY = {"email": "verified_email", "phone": "verified_phone_number"}
# YYYY-MM-DD; all other attributes are of any length.
# https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
_LENGTHS = {"birthdate": ("10", "10")}
_READ = ("AdminGetUser", "AdminListGroupsForUser", "ListGroups", "ListUsers", "ListUsersInGroup")
_MANAGE = (
    "AdminAddUserToGroup",
    "AdminConfirmSignUp",
    "AdminCreateUser",
    "AdminDeleteUser",
    "AdminDisableUser",
    "AdminEnableUser",
    "AdminRemoveUserFromGroup",
    "AdminResetUserPassword",
    "AdminSetUserPassword",
    "AdminUpdateUserAttributes",
    "AdminUserGlobalSignOut",
)


def auth(scope: Scope, linked: Links) -> dict[str, Linked]:
    """Everything about users, linked as ``auth``."""
    wanted = scope.backend.spec.auth
    if wanted is None:
        return {}
    pool = _pool(scope, wanted)
    providers = identity_providers(scope, wanted, pool)
    client = _client(scope, wanted, pool, providers)
    identities = identity_pool(scope, wanted, pool, client)
    _groups(scope, wanted, pool, identities.roles)
    return {
        "": _linked(wanted, pool, client, identities.pool, identities.roles, _domain(scope, wanted, pool))
    }


def _pool(scope: Scope, wanted: Auth) -> aws.cognito.UserPool:
    args = aws.cognito
    verified = [_ATTRIBUTES[name] for name in wanted.sign_in if name in _ATTRIBUTES]
    return aws.cognito.UserPool(
        "auth-users",
        name=scope.name("auth"),
        **_user_names(wanted, verified),
        auto_verified_attributes=verified or ["email"],
        username_configuration=args.UserPoolUsernameConfigurationArgs(case_sensitive=False),
        password_policy=_password_policy(wanted),
        mfa_configuration=_MFA[wanted.mfa],
        software_token_mfa_configuration=_totp(wanted),
        sms_configuration=_messages(scope) if wanted.sends_messages else None,
        schemas=_schemas(wanted, verified) or None,
        account_recovery_setting=_recovery(wanted),
        admin_create_user_config=args.UserPoolAdminCreateUserConfigArgs(
            allow_admin_create_user_only=not wanted.sign_up
        ),
        user_attribute_update_settings=args.UserPoolUserAttributeUpdateSettingsArgs(
            attributes_require_verification_before_updates=verified or ["email"]
        ),
        lambda_config=_triggers(scope, wanted),
        deletion_protection="ACTIVE" if scope.backend.protect else "INACTIVE",
        tags=scope.plan.tags,
        opts=scope.stateful(),
    )


def _user_names(wanted: Auth, verified: list[str]) -> dict[str, list[str]]:
    if "username" not in wanted.sign_in:
        return {"username_attributes": verified}
    return {"alias_attributes": verified} if verified else {}


def _password_policy(wanted: Auth) -> aws.cognito.UserPoolPasswordPolicyArgs:
    password = wanted.password
    return aws.cognito.UserPoolPasswordPolicyArgs(
        minimum_length=password.min_length,
        require_lowercase=password.lowercase,
        require_uppercase=password.uppercase,
        require_numbers=password.numbers,
        require_symbols=password.symbols,
        temporary_password_validity_days=7,
    )


def _totp(wanted: Auth) -> aws.cognito.UserPoolSoftwareTokenMfaConfigurationArgs | None:
    if wanted.mfa == "none" or "totp" not in wanted.mfa_methods:
        return None
    return aws.cognito.UserPoolSoftwareTokenMfaConfigurationArgs(enabled=True)


def _messages(scope: Scope) -> aws.cognito.UserPoolSmsConfigurationArgs:
    # A message goes to a number, which has no ARN.
    grants, external_id = [Grant(("sns:Publish",), ("*",))], scope.name("auth", "messages")
    only = {"StringEquals": {"sts:ExternalId": external_id}}
    role = service_role(scope, "auth-messages", "cognito-idp.amazonaws.com", grants, only=only)
    return aws.cognito.UserPoolSmsConfigurationArgs(sns_caller_arn=role.arn, external_id=external_id)


def _schemas(wanted: Auth, verified: list[str]) -> list[aws.cognito.UserPoolSchemaArgs]:
    required = dict.fromkeys((*(verified if "username" not in wanted.sign_in else ()), *wanted.attributes))
    own = {"string": "String", "number": "Number"}
    standard = [_schema(name, "String", required=True) for name in required]
    return [*standard, *(_schema(name, own[kind], required=False) for name, kind in wanted.custom.items())]


def _schema(name: str, kind: str, *, required: bool) -> aws.cognito.UserPoolSchemaArgs:
    shortest, longest = _LENGTHS.get(name, ("0", "2048"))
    text = aws.cognito.UserPoolSchemaStringAttributeConstraintsArgs(min_length=shortest, max_length=longest)
    return aws.cognito.UserPoolSchemaArgs(
        name=name,
        attribute_data_type=kind,
        mutable=True,
        required=required,
        developer_only_attribute=False,
        string_attribute_constraints=text if kind == "String" else None,
        number_attribute_constraints=(
            aws.cognito.UserPoolSchemaNumberAttributeConstraintsArgs() if kind == "Number" else None
        ),
    )


def _recovery(wanted: Auth) -> aws.cognito.UserPoolAccountRecoverySettingArgs:
    names = [_RECOVERY[name] for name in wanted.sign_in if name in _RECOVERY] or ["verified_email"]
    mechanism = aws.cognito.UserPoolAccountRecoverySettingRecoveryMechanismArgs
    return aws.cognito.UserPoolAccountRecoverySettingArgs(
        recovery_mechanisms=[mechanism(name=name, priority=place) for place, name in enumerate(names, 1)]
    )


def _triggers(scope: Scope, wanted: Auth) -> aws.cognito.UserPoolLambdaConfigArgs | None:
    # By name: a function that uses the pool is made after it.
    arns = {name: function_arn(scope, function) for name, function in wanted.triggers.named.items()}
    return aws.cognito.UserPoolLambdaConfigArgs(**arns) if arns else None


def _client(
    scope: Scope, wanted: Auth, pool: aws.cognito.UserPool, providers: dict[str, pulumi.Resource]
) -> aws.cognito.UserPoolClient:
    return aws.cognito.UserPoolClient(
        "auth-client",
        name=scope.name("auth", "web"),
        user_pool_id=pool.id,
        explicit_auth_flows=_flows(wanted),
        prevent_user_existence_errors="ENABLED",
        enable_token_revocation=True,
        access_token_validity=wanted.sessions.access_minutes,
        id_token_validity=wanted.sessions.access_minutes,
        refresh_token_validity=wanted.sessions.refresh_days,
        token_validity_units=aws.cognito.UserPoolClientTokenValidityUnitsArgs(**_UNITS),
        supported_identity_providers=["COGNITO", *providers],
        **(_redirects(scope, wanted) if wanted.federated else {}),
        opts=pulumi.ResourceOptions(depends_on=list(providers.values())),
    )


def _flows(wanted: Auth) -> list[str]:
    asked = {"USER_PASSWORD": wanted.password_sign_in, "CUSTOM": wanted.triggers.challenges}
    return [
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_USER_SRP_AUTH",
        *(f"ALLOW_{flow}_AUTH" for flow, is_asked in asked.items() if is_asked),
    ]


def _redirects(scope: Scope, wanted: Auth) -> dict[str, object]:
    """Back to the environment's own URLs, and to no others."""
    return {
        "allowed_oauth_flows": ["code"],
        "allowed_oauth_flows_user_pool_client": True,
        "allowed_oauth_scopes": list(wanted.scopes),
        "callback_urls": site_urls(scope, wanted.callback_paths),
        "logout_urls": site_urls(scope, wanted.logout_paths),
    }


def site_urls(scope: Scope, paths: tuple[str, ...]) -> list[pulumi.Output[str]]:
    """The ``paths`` on each of the origins."""
    return [pulumi.Output.concat(origin, path) for origin in scope.origins for path in paths]


def _groups(scope: Scope, wanted: Auth, pool: aws.cognito.UserPool, roles: dict[str, aws.iam.Role]) -> None:
    for place, name in enumerate(wanted.groups):
        role = roles.get(f"groups.{name}")
        aws.cognito.UserGroup(
            f"auth-group-{name}",
            name=name,
            user_pool_id=pool.id,
            precedence=place,
            role_arn=role.arn if role else None,
            # Who is in it is data as well.
            opts=pulumi.ResourceOptions(parent=pool, retain_on_delete=scope.backend.retain),
        )


def _domain(scope: Scope, wanted: Auth, pool: aws.cognito.UserPool) -> pulumi.Output[str] | None:
    if not wanted.federated:
        return None
    made = aws.cognito.UserPoolDomain(
        "auth-domain",
        domain=_prefix(scope, wanted),
        user_pool_id=pool.id,
        # Another pool takes it over only once this one has let go.
        opts=pulumi.ResourceOptions(parent=pool, delete_before_replace=True),
    )
    return pulumi.Output.concat(made.domain, f".auth.{scope.plan.region}.amazoncognito.com")


def _prefix(scope: Scope, wanted: Auth) -> str:
    """One of the environment's own, as no two pools of a region have the same; without AWS's own names."""
    prefix, asked = scope.name("auth"), wanted.domain_prefix
    if asked:
        prefix = f"{asked}-{scope.plan.environment}"
    while word := next((word for word in ("aws", "amazon", "cognito") if word in prefix), None):
        prefix = prefix.replace(word, word[0])
    return prefix[:63].strip("-")


def _linked(
    wanted: Auth,
    pool: aws.cognito.UserPool,
    client: aws.cognito.UserPoolClient,
    identities: aws.cognito.IdentityPool,
    roles: dict[str, aws.iam.Role],
    domain: pulumi.Output[str] | None,
) -> Linked:
    outputs = {
        "user_pool_id": pool.id,
        "user_pool_client_id": client.id,
        "identity_pool_id": identities.id,
        **({"domain": domain} if domain is not None else {}),
    }
    grants = {
        "read": (Grant(_actions(_READ), (pool.arn,)),),
        "manage": (Grant(_actions(_MANAGE), (pool.arn,)),),
    }
    return Linked(arn=pool.arn, outputs=outputs, grants=grants, roles=roles)


def _actions(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"cognito-idp:{name}" for name in names)
