"""Users: sign-up, sign-in, groups, on Cognito.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools.html
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from engine.spec.backend.sign_in import Oidc, Social
from engine.spec.base import Model
from engine.spec.fields import Label, Truth, wrong

SignIn = Literal["email", "phone", "username"]
# https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
Attribute = Literal[
    "address",
    "birthdate",
    "email",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
    "phone_number",
    "picture",
    "preferred_username",
    "profile",
    "website",
    "zoneinfo",
]
GroupName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_+=,.@-]{1,128}$")]
CustomName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,20}$")]
# https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html
ProviderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{3,32}$")]
# The last lets the user pool itself be asked and told: the Amplify client reads a user's attributes with it.
# https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html
Scope = Literal["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"]
_AWS_OWN = ("aws", "amazon", "cognito")
Path = Annotated[str, Field(pattern=r"^/\S*$")]


class Password(Model):
    """What a password must have."""

    min_length: int = Field(8, ge=6, le=99, description="The least number of characters.")
    lowercase: Truth = Field(True, description="Whether it must have a small letter.")
    uppercase: Truth = Field(True, description="Whether it must have a capital letter.")
    numbers: Truth = Field(True, description="Whether it must have a digit.")
    symbols: Truth = Field(True, description="Whether it must have another sign.")


class Sessions(Model):
    """How long tokens are good for."""

    access_minutes: int = Field(60, ge=5, le=1440, description="Minutes of access and id tokens.")
    refresh_days: int = Field(30, ge=1, le=3650, description="Days until a user must sign in again.")


class AuthTriggers(Model):
    """Functions that Cognito calls.

    https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
    """

    pre_sign_up: Label | None = Field(None, description="Before a user is made; may refuse or confirm.")
    post_confirmation: Label | None = Field(None, description="Once a user is confirmed.")
    pre_authentication: Label | None = Field(None, description="Before a sign-in; may refuse it.")
    post_authentication: Label | None = Field(None, description="After a sign-in.")
    pre_token_generation: Label | None = Field(None, description="Before tokens are made; may add claims.")
    user_migration: Label | None = Field(None, description="For a user that is not known: may bring one in.")
    custom_message: Label | None = Field(None, description="Writes the mails and messages to users.")
    define_auth_challenge: Label | None = Field(None, description="Of an own way to sign in: what is next.")
    create_auth_challenge: Label | None = Field(None, description="Of an own way to sign in: the question.")
    verify_auth_challenge_response: Label | None = Field(
        None, description="Of it: whether the answer is right."
    )

    @property
    def named(self) -> dict[str, str]:
        """Trigger -> function, of those that are set."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name))}

    @property
    def challenges(self) -> bool:
        """Whether there is an own way to sign in."""
        return self.define_auth_challenge is not None


class Auth(Model):
    """A user pool, its client for browsers, and an identity pool for signed access to AWS."""

    sign_in: tuple[SignIn, ...] = Field(("email",), min_length=1, description="What users sign in with.")
    sign_up: Truth = Field(True, description="Whether users may sign up by themselves.")
    mfa: Literal["none", "optional", "required"] = Field("none", description="A second factor.")
    mfa_methods: tuple[Literal["totp", "sms"], ...] = Field(
        ("totp",), min_length=1, description="An authenticator app, or text messages."
    )
    password: Password = Field(Password(), description="What a password must have.")
    attributes: tuple[Attribute, ...] = Field((), description="What a user must tell at sign-up.")
    custom: dict[CustomName, Literal["string", "number"]] = Field(
        {}, max_length=50, description="Attributes of your own: name -> type; kept for ever once deployed."
    )
    groups: tuple[GroupName, ...] = Field((), description="Groups, the most important first.")
    guests: Truth = Field(False, description="Whether who is not signed in gets credentials of a guest.")
    sessions: Sessions = Field(Sessions(), description="How long tokens are good for.")
    password_sign_in: Truth = Field(
        False,
        description="Also let a password be sent as it is (USER_PASSWORD_AUTH), for tests and migration.",
    )
    social: Social = Field(Social(), description="Sign-in with Google, Facebook, Amazon, Apple.")
    oidc: dict[ProviderName, Oidc] = Field(
        {}, description="Sign-in with any OpenID Connect provider: name -> settings."
    )
    hosted: Truth = Field(False, description="Cognito's own sign-in pages, also without `social` or `oidc`.")
    domain_prefix: Label | None = Field(
        None,
        description="The first part of those pages' host name; the environment's name is put behind it.",
    )
    callback_paths: tuple[Path, ...] = Field(
        ("/",), description="Where users come back to, on the site's URL."
    )
    logout_paths: tuple[Path, ...] = Field(("/",), description="Where they come to after signing out.")
    scopes: tuple[Scope, ...] = Field(
        ("openid", "email", "profile", "aws.cognito.signin.user.admin"),
        description="OAuth scopes of the client.",
    )
    triggers: AuthTriggers = Field(AuthTriggers(), description="Functions that Cognito calls.")

    @property
    def federated(self) -> bool:
        """Whether users are sent to a page of Cognito's and back."""
        return bool(self.hosted or self.oidc or self.social.named)

    @property
    def sends_messages(self) -> bool:
        """Whether text messages are sent."""
        return "phone" in self.sign_in or (self.mfa != "none" and "sms" in self.mfa_methods)

    @model_validator(mode="after")
    def _fits_together(self) -> Auth:
        challenge = ("define_auth_challenge", "create_auth_challenge", "verify_auth_challenge_response")
        given = [name for name in challenge if getattr(self.triggers, name)]
        if given and len(given) < len(challenge):
            missing = ", ".join(name for name in challenge if name not in given)
            raise wrong("challenge", "has part of an own way to sign in", f"Write {missing} as well.")
        if word := next((word for word in _AWS_OWN if word in (self.domain_prefix or "")), None):
            raise wrong("domain-prefix", f"has `{word}` in `domain_prefix`", "AWS keeps that for itself.")
        if len(set(self.groups)) < len(self.groups):
            raise wrong("groups", "names a group twice", "Name each once, the most important first.")
        return self
