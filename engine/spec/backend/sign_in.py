"""Providers that users may sign in with. Their secrets are named here, never written.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
"""

from __future__ import annotations

from pydantic import Field

from engine.spec.base import Model
from engine.spec.fields import VariableName


class OAuthProvider(Model):
    """An app registered with the provider."""

    client_id: str = Field(min_length=1, description="The id that the provider gave the app.")
    client_secret: VariableName = Field(description="The name of the secret (`windlass secrets set NAME`).")
    scopes: tuple[str, ...] = Field((), description="What is asked for, if not the usual.")


class Apple(Model):
    """Sign in with Apple."""

    client_id: str = Field(min_length=1, description="The Services ID.")
    team_id: str = Field(min_length=1, description="The team's id.")
    key_id: str = Field(min_length=1, description="The key's id.")
    private_key: VariableName = Field(description="The name of the secret that holds the key.")


class Oidc(OAuthProvider):
    """An OpenID Connect provider."""

    issuer: str = Field(
        pattern=r"^https://\S+$", description="Its URL; `/.well-known/openid-configuration` is below."
    )


class Social(Model):
    """The providers that Cognito knows by name."""

    google: OAuthProvider | None = Field(None, description="Google.")
    facebook: OAuthProvider | None = Field(None, description="Facebook.")
    amazon: OAuthProvider | None = Field(None, description="Login with Amazon.")
    apple: Apple | None = Field(None, description="Sign in with Apple.")

    @property
    def named(self) -> dict[str, OAuthProvider | Apple]:
        """Those that are set, by their names."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name))}
