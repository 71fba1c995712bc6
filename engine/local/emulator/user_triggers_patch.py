"""ministack's Cognito with :mod:`engine.local.emulator.user_triggers` in it.

It knows PreSignUp, the token and the challenge triggers, and CustomMessage for invitations alone.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from engine.local.emulator import user_triggers
from engine.local.emulator.user_triggers import Asked, RefusedError, ask

if TYPE_CHECKING:
    from collections.abc import Mapping


def call_triggers(cognito: Any) -> None:
    """Patch the module ``ministack.services.cognito`` of this process."""
    under_way: ContextVar[tuple[str, Mapping[str, Any]]] = ContextVar("under_way", default=("", {}))
    _around_requests(cognito, under_way)
    _before_tokens(cognito)
    _in_messages(cognito, under_way)
    _before_sign_up(cognito, under_way)


def _around_requests(cognito: Any, under_way: ContextVar[tuple[str, Mapping[str, Any]]]) -> None:
    run = cognito._run_idp_handler

    def run_asking(handler: Any, action: str, data: Any) -> Any:
        def asking(data: Any) -> Any:
            under_way.set((action, data))
            _ask_before(cognito, action, data)
            answer = handler(data)
            if answer[0] == 200:
                _ask_after(cognito, action, data)
            return answer

        try:
            return run(asking, action, data)
        except RefusedError as error:
            return cognito.error_response_json("UserLambdaValidationException", str(error), 400)

    cognito._run_idp_handler = run_asking


def _before_tokens(cognito: Any) -> None:
    build, token = cognito._build_auth_result, cognito._oauth2_token

    def build_after_asking(pool_id: str, client: str, user: Any, *rest: Any, **named: Any) -> Any:
        source, metadata = named.get("trigger_source", ""), named.get("client_metadata")
        if asked := user_triggers.after_sign_in(source, client, *_described(user), metadata):
            ask(cognito._get_pool_unscoped(pool_id), asked, _invoke)
        return build(pool_id, client, user, *rest, **named)

    def token_after_asking(*given: Any) -> Any:
        try:
            return token(*given)
        except RefusedError as error:
            return cognito._oauth2_error("invalid_request", str(error))

    cognito._build_auth_result, cognito._oauth2_token = build_after_asking, token_after_asking


def _in_messages(cognito: Any, under_way: ContextVar[tuple[str, Mapping[str, Any]]]) -> None:
    send = cognito._send_verification_email

    def apply(pool: Any, source: str, name: str, attributes: Any, metadata: Any = None, *_: Any) -> Any:
        try:
            return ask(pool, user_triggers.for_message(source, name, attributes, metadata), _invoke) or {}
        except RefusedError as error:
            raise cognito._CustomMessageRejected(str(error)) from error

    def send_as_asked(pool: Any, name: str, attributes: Any, *rest: Any, **named: Any) -> Any:
        action, data = under_way.get()
        if source := user_triggers.MESSAGES.get(action):
            asked = user_triggers.for_message(source, name, attributes, data.get("ClientMetadata"))
            pool = _with_message(pool, ask(pool, asked, _invoke) or {})
        return send(pool, name, attributes, *rest, **named)

    cognito._apply_custom_message_trigger, cognito._send_verification_email = apply, send_as_asked


def _before_sign_up(cognito: Any, under_way: ContextVar[tuple[str, Mapping[str, Any]]]) -> None:
    def apply(pool_id: str, client: str, name: str, attributes: Any, trigger_source: str = _FEDERATED) -> Any:
        asked = user_triggers.before_sign_up(trigger_source, client, name, attributes, under_way.get()[1])
        try:
            answer = ask(cognito._user_pools.get(pool_id) or {}, asked, _invoke) or {}
        except RefusedError as error:
            raise cognito._PreSignUpRejected(str(error)) from error
        return {name: bool(answer.get(name)) for name in asked.response}

    cognito._apply_presignup_trigger = apply


_FEDERATED = "PreSignUp_ExternalProvider"


def _ask_before(cognito: Any, action: str, data: Any) -> None:
    pool, name = _pool(cognito, data), _name(data)
    if pool is None or not name:
        return
    user = cognito._resolve_user(pool, name)[0] or _moved(cognito, pool, user_triggers.to_move(action, data))
    if user is None and not cognito._hides_user_existence(pool, data.get("ClientId")):
        return
    name, attributes = _described(user) if user else (name, None)
    if asked := user_triggers.before_sign_in(action, data, name, attributes):
        ask(pool, asked, _invoke)


def _ask_after(cognito: Any, action: str, data: Any) -> None:
    pool = _pool(cognito, data)
    user = cognito._resolve_user(pool, _name(data))[0] if pool else None
    if user is None or user["UserStatus"] != "CONFIRMED":
        return
    if action == "ConfirmSignUp":
        _verify(cognito, pool, user)
    if asked := user_triggers.after_confirmation(action, data, *_described(user)):
        ask(pool, asked, _invoke)


def _moved(cognito: Any, pool: Any, asked: Asked | None) -> Any:
    """The user that a function knew and let move here, None if it did not: then there is no such user."""
    try:
        answer = ask(pool, asked, _invoke) if asked else None
    except RefusedError:
        return None
    if asked is None or not answer or not answer.get("userAttributes"):
        return None
    listed = [{"Name": name, "Value": value} for name, value in answer["userAttributes"].items()]
    made = cognito._admin_create_user(
        {
            "UserPoolId": pool["Id"],
            "Username": asked.username,
            "UserAttributes": [one for one in listed if one["Name"] != "username"],
            "MessageAction": "SUPPRESS",
        }
    )
    if made[0] != 200:
        raise RefusedError(json.loads(made[2])["message"])
    user = cognito._resolve_user(pool, asked.username)[0]
    user["UserStatus"] = answer.get("finalUserStatus") or "RESET_REQUIRED"
    user["_password"] = asked.more.get("password") or user.get("_password")
    return user


def _verify(cognito: Any, pool: Any, user: Any) -> None:
    """The address that the code went to is verified now."""
    has = _described(user)[1]
    if "email" in (pool.get("AutoVerifiedAttributes") or ()) and has.get("email"):
        verified = [{"Name": "email_verified", "Value": "true"}]
        user["Attributes"] = cognito._merge_attributes(user["Attributes"], verified)


def _pool(cognito: Any, data: Any) -> Any:
    if "ClientId" in data and "UserPoolId" not in data:
        return cognito._pool_for_client(data["ClientId"])[0]
    return cognito._user_pools.get(data.get("UserPoolId"))


def _name(data: Any) -> str:
    return str(data.get("Username") or (data.get("AuthParameters") or {}).get("USERNAME") or "")


def _described(user: Any) -> tuple[str, dict[str, Any]]:
    attributes = {one["Name"]: one.get("Value") for one in user.get("Attributes") or ()}
    return user["Username"], {**attributes, "cognito:user_status": user["UserStatus"]}


def _with_message(pool: Any, custom: Mapping[str, Any]) -> Any:
    given = {name: custom[key] for key, names in _MESSAGE.items() for name in names if custom.get(key)}
    return {
        **pool,
        "VerificationMessageTemplate": {**(pool.get("VerificationMessageTemplate") or {}), **given},
    }


_MESSAGE = {
    "emailSubject": ("EmailSubject", "EmailSubjectByLink"),
    "emailMessage": ("EmailMessage", "EmailMessageByLink"),
}


def _invoke(arn: str, event: dict[str, Any]) -> Any:
    from ministack.services import lambda_svc

    record, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if record is None or config is None:
        return {"error": True, "body": {"errorMessage": f"there is no function {arn}"}}
    found = lambda_svc._execution_record_for_config(record, config)
    return lambda_svc._execute_function_with_config_scope(found, event)
