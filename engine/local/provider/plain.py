"""Inputs in the shape of the AWS APIs that have lists as lists, and back: only the names differ.

CloudFront's are in :mod:`engine.local.provider.api`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.local.provider.fields import Field, Fields
    from engine.local.provider.values import Values


def to_plain(fields: Fields, values: Values, leave_out: tuple[str, ...] = ()) -> Values:
    """``values`` as the parameters of a call; what is not given and has no default is left out."""
    made = {}
    for name, declared in fields.items():
        value = declared.default if values.get(name) is None else values[name]
        if value is not None and not declared.local and name not in leave_out and not name.startswith("__"):
            made[_name(name, declared)] = _to(declared, value)
    return made


def from_plain(fields: Fields, answer: Values) -> Values:
    """The inputs that would have led to ``answer``; what it leaves out, or has empty, is left out."""
    found = {
        name: _from(declared, answer.get(_name(name, declared)))
        for name, declared in fields.items()
        if not declared.local and not name.startswith("__")
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _name(name: str, declared: Field) -> str:
    return declared.api if declared.api is not None else name[0].upper() + name[1:]


def _to(declared: Field, value: Any) -> Any:
    if declared.kind == "block":
        return to_plain(declared.fields, value)
    if declared.item is not None:
        return [_to(declared.item, item) for item in value]
    return value


def _from(declared: Field, answer: Any) -> Any:
    if answer is None:
        return None
    if declared.kind == "block":
        return from_plain(declared.fields, answer)
    if declared.item is not None:
        return [_from(declared.item, item) for item in answer]
    return answer
