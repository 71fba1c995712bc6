"""Sign-in with Google, Facebook, Amazon, Apple, or any OpenID Connect provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from engine.spec.backend.sign_in import Apple

if TYPE_CHECKING:
    from engine.spec.backend.auth import Auth
    from engine.spec.backend.sign_in import OAuthProvider, Oidc
    from programs.scope import Scope

_NAMES = {"google": "Google", "facebook": "Facebook", "amazon": "LoginWithAmazon", "apple": "SignInWithApple"}
_SCOPES = {
    "google": "openid email profile",
    "facebook": "public_profile,email",
    "amazon": "profile",
    "apple": "name email",
    "oidc": "openid email profile",
}
_MAPPED = {
    "google": {"email": "email", "name": "name", "username": "sub"},
    "facebook": {"email": "email", "name": "name", "username": "id"},
    "amazon": {"email": "email", "name": "name", "username": "user_id"},
    "apple": {"email": "email", "username": "sub"},
    "oidc": {"email": "email", "username": "sub"},
}


def identity_providers(scope: Scope, wanted: Auth, pool: aws.cognito.UserPool) -> dict[str, pulumi.Resource]:
    """The providers by the names that a client of the pool knows them by.

    A pull request of an outsider is given no secrets, and so none of them.
    """
    made: dict[str, pulumi.Resource] = {}
    for kind, provider in wanted.social.named.items():
        if _secret(provider) not in scope.backend.secrets:
            continue
        details = _apple(scope, provider) if isinstance(provider, Apple) else _oauth(scope, kind, provider)
        made[_NAMES[kind]] = _provider(kind, _NAMES[kind], _NAMES[kind], details, pool)
    for name, oidc in wanted.oidc.items():
        if oidc.client_secret not in scope.backend.secrets:
            continue
        made[name] = _provider("oidc", name, "OIDC", _oidc(scope, oidc), pool)
    return made


def _secret(provider: OAuthProvider | Apple) -> str:
    return provider.private_key if isinstance(provider, Apple) else provider.client_secret


def _provider(
    kind: str,
    name: str,
    provider_type: str,
    details: dict[str, pulumi.Input[str]],
    pool: aws.cognito.UserPool,
) -> aws.cognito.IdentityProvider:
    return aws.cognito.IdentityProvider(
        f"auth-provider-{name}",
        user_pool_id=pool.id,
        provider_name=name,
        provider_type=provider_type,
        provider_details=details,
        attribute_mapping=_MAPPED[kind],
        opts=pulumi.ResourceOptions(parent=pool),
    )


def _oauth(scope: Scope, kind: str, provider: OAuthProvider) -> dict[str, pulumi.Input[str]]:
    separator = "," if kind == "facebook" else " "
    return {
        "client_id": provider.client_id,
        "client_secret": scope.secret(provider.client_secret),
        "authorize_scopes": separator.join(provider.scopes) or _SCOPES[kind],
    }


def _oidc(scope: Scope, provider: Oidc) -> dict[str, pulumi.Input[str]]:
    return {
        **_oauth(scope, "oidc", provider),
        "oidc_issuer": provider.issuer,
        "attributes_request_method": "GET",
    }


def _apple(scope: Scope, provider: Apple) -> dict[str, pulumi.Input[str]]:
    return {
        "client_id": provider.client_id,
        "team_id": provider.team_id,
        "key_id": provider.key_id,
        "private_key": scope.secret(provider.private_key),
        "authorize_scopes": _SCOPES["apple"],
    }
