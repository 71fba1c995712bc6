"""Can somebody become a user?"""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING, Any

from engine.verify.backend.model import User
from engine.verify.model import Check

if TYPE_CHECKING:
    from engine.spec.backend.auth import Auth
    from engine.verify.backend.model import Visit

# SES takes mails to this address and keeps them, so that none bounces:
# https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
_MAIL = "success+windlass-{}@simulator.amazonses.com"
_PHONE = "+1555555{:04d}"
_VALUES = {
    "birthdate": "2000-01-01",
    "locale": "en-US",
    "zoneinfo": "UTC",
    "picture": "https://example.com/picture.png",
    "profile": "https://example.com/",
    "website": "https://example.com/",
}
_SIGNS = "-_.+="


def check(visit: Visit) -> Check | None:
    """A throw-away user signs up by the app's own client and is confirmed by an administrator's call; where
    there is no sign-up, or it would cost a text message, one is made by an administrator's call.
    """
    auth = visit.request.spec.auth
    if auth is None:
        return None
    users, pool = visit.client("cognito-idp"), visit.output("auth_user_pool_id")
    name, password, given = newcomer(auth)
    attributes = [{"Name": key, "Value": value} for key, value in given.items()]
    itself = auth.sign_up and not auth.sends_messages
    # First of all, so that nobody stays who was made by a call whose answer got lost.
    visit.cleanup.callback(_removed, users, pool, name)
    if itself:
        client = visit.output("auth_user_pool_client_id")
        users.sign_up(ClientId=client, Username=name, Password=password, UserAttributes=attributes)
        if users.admin_get_user(UserPoolId=pool, Username=name)["UserStatus"] == "UNCONFIRMED":
            users.admin_confirm_sign_up(UserPoolId=pool, Username=name)
    else:
        users.admin_create_user(
            UserPoolId=pool, Username=name, UserAttributes=attributes, MessageAction="SUPPRESS"
        )
        users.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
    visit.user = User(name, password)
    how = "signed up" if itself else "was made by an administrator"
    return Check("sign-up", True, f"a throw-away user {how}")


def newcomer(auth: Auth) -> tuple[str, str, dict[str, str]]:
    """Name, password and attributes that the pool takes."""
    mark = secrets.token_hex(6)
    mail, phone = _MAIL.format(mark), _PHONE.format(secrets.randbelow(10_000))
    values = {"email": mail, "phone_number": phone, **_VALUES}
    needed = [{"phone": "phone_number"}.get(name, name) for name in auth.sign_in]
    asked = {*needed, *auth.attributes, "email"} - {"username"}
    if "email" not in (*needed, *auth.attributes) and "phone" in auth.sign_in:
        asked -= {"email"}
    attributes = {key: values.get(key, "windlass") for key in sorted(asked)}
    name = {"email": mail, "phone": phone}.get(auth.sign_in[0], f"windlass-{mark}")
    return name, _password(auth.password.min_length), attributes


def _password(length: int) -> str:
    """One of every kind of sign, and twenty or more in all."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, _SIGNS)
    every = "".join(kinds)
    chosen = [secrets.choice(kind) for kind in kinds]
    return "".join(chosen) + "".join(secrets.choice(every) for _ in range(max(20, length) - len(chosen)))


def _removed(users: Any, pool: str, name: str) -> None:
    from botocore.exceptions import ClientError

    try:
        users.admin_delete_user(UserPoolId=pool, Username=name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "UserNotFoundException":
            raise
