"""What Cognito asks functions while users sign up and in, as AWS asks it.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Sign-ins that bring the password itself, which a function needs to let a user move; then all of them. A
# refresh asks nobody.
_WITH_PASSWORD = ("USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH")
_SIGN_INS = (*_WITH_PASSWORD, "USER_SRP_AUTH", "CUSTOM_AUTH")
_SIGNED_IN = ("Authentication", "NewPasswordChallenge", "HostedAuth")
_CONFIRMATIONS = {
    "SignUp": "ConfirmSignUp",
    "ConfirmSignUp": "ConfirmSignUp",
    "AdminConfirmSignUp": "ConfirmSignUp",
    "ConfirmForgotPassword": "ConfirmForgotPassword",
}
_MOVED = (
    "userAttributes",
    "forceAliasCreation",
    "finalUserStatus",
    "messageAction",
    "desiredDeliveryMediums",
)
# Action -> the trigger source of the code that it sends.
MESSAGES = {
    "SignUp": "CustomMessage_SignUp",
    "ResendConfirmationCode": "CustomMessage_ResendCode",
    "ForgotPassword": "CustomMessage_ForgotPassword",
    "AdminResetUserPassword": "CustomMessage_ForgotPassword",
}


class RefusedError(Exception):
    """A function said no, or failed: the request fails with UserLambdaValidationException."""


@dataclass(frozen=True)
class Asked:
    """A question to a function: ``source`` is such as ``PostConfirmation_ConfirmSignUp``."""

    source: str
    username: str
    attributes: Mapping[str, Any]
    client: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    response: Mapping[str, Any] = field(default_factory=dict)

    @property
    def trigger(self) -> str:
        """The name that ``LambdaConfig`` has for it."""
        return self.source.partition("_")[0]

    def event(self, pool_id: str) -> dict[str, Any]:
        """What the function gets."""
        return {
            "version": "1",
            "triggerSource": self.source,
            "region": pool_id.partition("_")[0],
            "userPoolId": pool_id,
            "userName": self.username,
            "callerContext": {
                "awsSdkVersion": "aws-sdk-unknown-unknown",
                "clientId": self.client or "CLIENT_ID_NOT_APPLICABLE",
            },
            "request": {"userAttributes": dict(self.attributes), **self.more},
            "response": dict(self.response),
        }


def ask(
    pool: Mapping[str, Any], asked: Asked, invoke: Callable[[str, dict[str, Any]], Any]
) -> dict[str, Any] | None:
    """The response of the pool's function, None where it has none.

    ``invoke`` runs a function by its ARN with an event. Raises RefusedError where the function does.
    """
    arn = (pool.get("LambdaConfig") or {}).get(asked.trigger)
    if not arn:
        return None
    result = invoke(arn, asked.event(str(pool["Id"])))
    body = _json(result.get("body"))
    if result.get("error"):
        said = body.get("errorMessage") if isinstance(body, dict) else body
        raise RefusedError(f"{asked.trigger} failed with error {said}.")
    response = body.get("response") if isinstance(body, dict) else None
    return dict(response or {})


def before_sign_up(
    source: str, client: str, username: str, attributes: Mapping[str, Any], data: Mapping[str, Any]
) -> Asked:
    """What is asked before a user is made; ``data`` is the request."""
    given = {one["Name"]: one.get("Value") for one in data.get("ValidationData") or ()}
    more = {"validationData": given, "clientMetadata": data.get("ClientMetadata") or {}}
    answers = dict.fromkeys(("autoConfirmUser", "autoVerifyEmail", "autoVerifyPhone"), False)
    return Asked(source, username, attributes, client, more, answers)


def after_confirmation(
    action: str, data: Mapping[str, Any], username: str, attributes: Mapping[str, Any]
) -> Asked | None:
    """What is asked once a user is confirmed, or has confirmed a new password."""
    if action not in _CONFIRMATIONS:
        return None
    more = {"clientMetadata": data.get("ClientMetadata") or {}}
    source = f"PostConfirmation_{_CONFIRMATIONS[action]}"
    return Asked(source, username, attributes, data.get("ClientId", ""), more)


def before_sign_in(
    action: str, data: Mapping[str, Any], username: str, attributes: Mapping[str, Any] | None
) -> Asked | None:
    """What is asked before a sign-in; ``attributes`` is None for a user that is not there."""
    if not action.endswith("InitiateAuth") or data.get("AuthFlow") not in _SIGN_INS:
        return None
    more = {"validationData": data.get("ClientMetadata") or {}, "userNotFound": attributes is None}
    source = "PreAuthentication_Authentication"
    return Asked(source, username, attributes or {}, data.get("ClientId", ""), more)


def after_sign_in(
    tokens: str, client: str, username: str, attributes: Mapping[str, Any], metadata: Mapping[str, Any] | None
) -> Asked | None:
    """What is asked before a user gets ``tokens``, a source such as ``TokenGeneration_Authentication``."""
    if (tokens.partition("_")[2] or "Authentication") not in _SIGNED_IN:
        return None
    more = {"newDeviceUsed": False, "clientMetadata": metadata or {}}
    return Asked("PostAuthentication_Authentication", username, attributes, client, more)


def to_move(action: str, data: Mapping[str, Any]) -> Asked | None:
    """What is asked for a user that is not in the pool, and may be elsewhere."""
    metadata, client = data.get("ClientMetadata") or {}, data.get("ClientId", "")
    empty = dict.fromkeys(_MOVED)
    if action == "ForgotPassword":
        more = {"clientMetadata": metadata}
        return Asked("UserMigration_ForgotPassword", data["Username"], {}, client, more, empty)
    if not action.endswith("InitiateAuth") or data.get("AuthFlow") not in _WITH_PASSWORD:
        return None
    given = data.get("AuthParameters") or {}
    more = {"password": given.get("PASSWORD", ""), "validationData": metadata, "clientMetadata": metadata}
    return Asked("UserMigration_Authentication", given.get("USERNAME", ""), {}, client, more, empty)


def for_message(
    source: str, username: str, attributes: Mapping[str, Any], metadata: Mapping[str, Any] | None
) -> Asked:
    """What is asked for the words of a message."""
    more = {
        "codeParameter": "{####}",
        "usernameParameter": "{username}" if source.endswith("_AdminCreateUser") else None,
        "clientMetadata": metadata or {},
    }
    empty = dict.fromkeys(("smsMessage", "emailMessage", "emailSubject"))
    return Asked(source, username, attributes, "", more, empty)


def _json(body: Any) -> Any:
    try:
        return json.loads(body) if isinstance(body, str | bytes) else body
    except ValueError:
        return body
