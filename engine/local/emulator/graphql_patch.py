"""ministack's AppSync with :mod:`engine.local.emulator.graphql_auth` in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.local.emulator.graphql_auth import Caller, allowed, claims_of, is_taken

if TYPE_CHECKING:
    from collections.abc import Mapping


def check_tokens(appsync: Any) -> None:
    """Patch the module ``ministack.services.appsync`` of this process."""
    authenticated, identity, execute = (
        appsync._request_is_authenticated,
        appsync._cognito_identity,
        appsync._execute_graphql,
    )

    def is_authenticated(api_id: str, api: Any, headers: Any) -> bool:
        plain = {str(name).lower(): value for name, value in (headers or {}).items()}
        if _bearer(plain) and _user(api, plain) is None:
            plain.pop("authorization")  # a bad token is none
        return bool(authenticated(api_id, api, plain))

    def known_identity(api: Any, headers: Any) -> Any:
        plain = {str(name).lower(): value for name, value in (headers or {}).items()}
        return identity(api, headers) if _user(api, plain) else None

    def execute_for(api_id: str, data: Any, headers: Any = None, authorize: Any = None) -> Any:
        api, schema = appsync._apis.get(api_id), appsync._schemas.get(api_id)
        if api and schema and authorize is None:
            caller = _caller(api, {str(name).lower(): value for name, value in (headers or {}).items()})
            authorize = allowed(schema["definition"], api["authenticationType"], caller)
        return execute(api_id, data, headers, authorize)

    appsync._request_is_authenticated = is_authenticated
    appsync._cognito_identity = known_identity
    appsync._execute_graphql = execute_for


def _caller(api: Any, headers: Mapping[str, str]) -> Caller:
    if claims := _user(api, headers):
        return Caller("AMAZON_COGNITO_USER_POOLS", tuple(claims.get("cognito:groups") or ()))
    return Caller("API_KEY" if headers.get("x-api-key") else "AWS_IAM")


def _user(api: Any, headers: Mapping[str, str]) -> dict[str, Any] | None:
    from ministack.services import apigateway

    claims = claims_of(_bearer(headers), _keys, apigateway._verify_rs256_signature)
    return claims if claims and is_taken(api, claims) else None


def _bearer(headers: Mapping[str, str]) -> str:
    given = str(headers.get("authorization") or "")
    if given.startswith("AWS4-HMAC-SHA256"):
        return ""
    return given[7:] if given[:7].lower() == "bearer " else given


def _keys(pool: str) -> list[Mapping[str, str]]:
    from ministack.services import cognito

    answer = cognito.well_known_jwks(pool)
    body = answer[2] if isinstance(answer, tuple) else answer
    return list(json.loads(body).get("keys") or ())
