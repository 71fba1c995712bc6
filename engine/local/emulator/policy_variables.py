"""Policy variables, which ministack's evaluation of IAM policies does not know.

``${cognito-identity.amazonaws.com:sub}`` in a Resource or a Condition stands for the identity of who asks; a
statement with a variable that has no value does not match.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_SIGNS = ("*", "?", "$")  # ``${*}`` is the sign itself
_IDENTITY = "cognito-identity.amazonaws.com"


class _UndefinedError(Exception):
    """A variable has no value, and no default."""


def filled(text: str, value_of: Callable[[str], Any]) -> str:
    """``text`` with every variable replaced. Raises _UndefinedError."""

    def value(match: re.Match[str]) -> str:
        name, _, default = (part.strip() for part in match[1].partition(","))
        if name in _SIGNS:
            return name
        found = value_of(name)
        if isinstance(found, str) and found:
            return found
        if default:
            return default.strip("'")
        raise _UndefinedError

    return _VARIABLE.sub(value, text)


def matching_variables(first_match: Any, resolve: Any) -> Any:
    """ministack's ``iam_evaluator._first_match``, for statements with variables; ``resolve`` is its
    ``_resolve_condition_key``.
    """

    def match(context: Any, statements: Any, effect: str) -> Any:
        for statement in statements:
            try:
                known = _filled_statement(statement, lambda name: resolve(name, context))
            except _UndefinedError:
                continue
            if first_match(context, [known], effect):
                return statement
        return None

    return match


def knowing_identities(principal_keys: Any) -> Any:
    """ministack's ``iam_evaluator._principal_keys``, with the keys of an identity pool's sessions."""

    def keys(credential: Any) -> Any:
        from ministack.services import sts

        found = principal_keys(credential)
        session = sts._sessions.get(credential.access_key_id) or {}
        if session.get("_identity_id"):
            found[f"{_IDENTITY}:sub"] = session["_identity_id"]
            found[f"{_IDENTITY}:aud"] = session.get("_identity_pool_id", "")
            found[f"{_IDENTITY}:amr"] = session.get("_cognito_amr", [])
        return found

    return keys


def _filled_statement(statement: Any, value_of: Callable[[str], Any]) -> Any:
    names = ("resources", "not_resources", "conditions")
    return dataclasses.replace(
        statement, **{name: _deep(getattr(statement, name), value_of) for name in names}
    )


def _deep(value: Any, value_of: Callable[[str], Any]) -> Any:
    if isinstance(value, str):
        return filled(value, value_of) if "${" in value else value
    if isinstance(value, dict):
        return {key: _deep(inner, value_of) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_deep(inner, value_of) for inner in value)
    return value
