"""Who may ask what of AppSync, which ministack leaves open: it reads tokens and does not check them.

A token counts where its user pool signed it, it is not over, and its client is one that the API takes. A
field is for the authorization types that its directives name, else those of its type, else the API's default.
https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
"""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_POOLS = "AMAZON_COGNITO_USER_POOLS"
# Directive -> the authorization type it lets in.
_DIRECTIVES = {
    "aws_api_key": "API_KEY",
    "aws_iam": "AWS_IAM",
    "aws_cognito_user_pools": _POOLS,
    "aws_auth": _POOLS,
}


@dataclass(frozen=True)
class Caller:
    """The authorization type of a request, and the groups of its user."""

    kind: str
    groups: tuple[str, ...] = ()


def claims_of(
    token: str, keys: Callable[[str], list[Mapping[str, str]]], verify: Any
) -> dict[str, Any] | None:
    """The claims of a good token, else None. ``keys`` gives those of a pool, ``verify`` checks RS256."""
    try:
        head, body, _ = token.split(".")
        claims, kid = json.loads(_decoded(body)), json.loads(_decoded(head)).get("kid")
        pool = str(claims["iss"]).rpartition("/")[2]
        key = next(key for key in keys(pool) if key.get("kid") == kid)
        good = verify(token, key) and float(claims["exp"]) > time.time()
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return None
    return claims if good else None


def pools_of(api: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The user pools that the API takes tokens of."""
    providers = (api, *(api.get("additionalAuthenticationProviders") or ()))
    return (one["userPoolConfig"] for one in providers if one.get("userPoolConfig"))


def is_taken(api: Mapping[str, Any], claims: Mapping[str, Any]) -> bool:
    """Whether the API takes this user's pool and client."""
    pool = str(claims.get("iss", "")).rpartition("/")[2]
    client = str(claims.get("aud") or claims.get("client_id") or "")
    return any(
        one.get("userPoolId") == pool and re.fullmatch(one.get("appIdClientRegex") or ".*", client)
        for one in pools_of(api)
    )


def allowed(sdl: str, default: str, caller: Caller) -> Callable[[str, str], bool]:
    """A function that says whether ``caller`` may use a field of a type."""
    from graphql import parse

    nodes: list[Any] = [node for node in parse(sdl).definitions if hasattr(node, "fields")]
    types = {node.name.value: node for node in nodes}

    def may(type_name: str, field_name: str) -> bool:
        node = types.get(type_name)
        field = (
            next((one for one in node.fields or () if one.name.value == field_name), None) if node else None
        )
        rules = _rules(field) or _rules(node)
        if not rules:
            return caller.kind == default
        return any(kind == caller.kind and _in(groups, caller) for kind, groups in rules)

    return may


def _rules(node: Any) -> list[tuple[str, tuple[str, ...]]]:
    directives = getattr(node, "directives", None) or ()
    return [
        (_DIRECTIVES[one.name.value], _groups(one)) for one in directives if one.name.value in _DIRECTIVES
    ]


def _groups(directive: Any) -> tuple[str, ...]:
    named = (one.value for one in directive.arguments or () if one.name.value == "cognito_groups")
    return tuple(value.value for listed in named for value in getattr(listed, "values", ()))


def _in(groups: tuple[str, ...], caller: Caller) -> bool:
    return not groups or bool(set(groups) & set(caller.groups))


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
