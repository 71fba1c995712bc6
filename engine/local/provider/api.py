"""Inputs in the shape of the AWS API, and back: the names in PascalCase, lists as Quantity and Items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.local.provider.fields import Field, Fields
    from engine.local.provider.values import Values


def to_api(fields: Fields, values: Values) -> Values:
    """``values`` as the parameters of a CloudFront call, defaults filled in."""
    made: Values = {}
    for name, declared in fields.items():
        value = values.get(name)
        if value is None:
            value = declared.default
        if not declared.local and (value is not None or declared.many):
            _put(made, _path(name, declared), declared, value)
    return made


def from_api(fields: Fields, answer: Values) -> Values:
    """The inputs that would have led to ``answer``; what AWS leaves out, or answers empty, is left out."""
    found = {
        name: _from_value(declared, _dig(answer, _path(name, declared)))
        for name, declared in fields.items()
        if not declared.local
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _path(name: str, declared: Field) -> list[str]:
    api = name[0].upper() + name[1:] if declared.api is None else declared.api
    return [part for part in api.split(".") if part]


def _put(made: Values, path: list[str], declared: Field, value: Any) -> None:
    if declared.item is not None:
        listed = [_to_value(declared.item, item) for item in value or ()]
        _reach(made, path).update(Quantity=len(listed), Items=listed)
    else:
        _reach(made, path[:-1])[path[-1]] = _to_value(declared, value)


def _reach(made: Values, path: list[str]) -> Values:
    for part in path:
        made = made.setdefault(part, {})
    return made


def _to_value(declared: Field, value: Any) -> Any:
    if declared.kind == "block":
        return to_api(declared.fields, value)
    return str(value) if declared.as_text else value


def _from_value(declared: Field, answer: Any) -> Any:
    if answer in (None, ""):
        return None
    if declared.item is not None:
        return [_from_value(declared.item, item) for item in answer.get("Items") or ()]
    if declared.kind == "block":
        return from_api(declared.fields, answer)
    return int(answer) if declared.as_text else answer


def _dig(answer: Any, path: list[str]) -> Any:
    for part in path:
        answer = answer.get(part) if isinstance(answer, dict) else None
    return answer
