"""Are these inputs what the entry declares? Names, types, choices, sizes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from engine.local.provider.values import UNKNOWN, Archive, Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.local.provider.fields import Field, Fields


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that is wrong: the path of the property and the reason."""

    property: str
    reason: str


def failures(fields: Fields, values: Values, inside: str = "") -> Iterator[Failure]:
    """Everything that is wrong with ``values``; an unknown value is right everywhere."""
    for name in values:
        if name not in fields:
            yield Failure(_join(inside, name), f'unknown input "{name}"{did_you_mean(name, fields)}')
    for name, declared in fields.items():
        value, path = values.get(name), _join(inside, name)
        if value is not None:
            yield from _of_value(declared, value, path)
        elif declared.required:
            yield Failure(path, f'the required input "{name}" is missing')


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message about a name that is not known: the nearest known one, or all of them."""
    among = sorted(known)
    near = get_close_matches(name, among, 1, 0.6)
    return f'; did you mean "{near[0]}"?' if near else f"; the local target knows {', '.join(among)}"


def _of_value(declared: Field, value: Any, path: str) -> Iterator[Failure]:
    if value is UNKNOWN:
        return
    if not _has_type(declared, value):
        yield Failure(path, f"expected {_TYPE_NAMES[declared.kind]}, got {type(value).__name__}")
    elif declared.kind == "block":
        yield from failures(declared.fields, value, path)
    elif declared.item is not None:
        for index, item in enumerate(value):
            yield from _of_value(declared.item, item, f"{path}[{index}]")
    else:
        yield from _of_scalar(declared, value, path)


def _of_scalar(declared: Field, value: Any, path: str) -> Iterator[Failure]:
    if declared.choices and value not in declared.choices:
        yield Failure(path, f'"{value}" is none of {", ".join(declared.choices)}')
    if declared.limit is not None and len(value.encode()) > declared.limit:
        yield Failure(path, f"{len(value.encode())} bytes are more than the {declared.limit} that AWS takes")
    if declared.span is not None and not declared.span[0] <= value <= declared.span[1]:
        yield Failure(path, f"{value} is not between {declared.span[0]} and {declared.span[1]}")


_TYPE_NAMES = {
    "text": "a string",
    "flag": "a boolean",
    "whole": "a whole number",
    "number": "a number",
    "json": "a JSON document as a string",
    "map": "a map of strings",
    "list": "a list",
    "set": "a list",
    "block": "an object",
    "archive": "a file archive",
}


def _has_type(declared: Field, value: Any) -> bool:
    match declared.kind:
        case "text":
            return isinstance(value, str)
        case "flag":
            return isinstance(value, bool)
        case "whole":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "json":
            return isinstance(value, str) and _is_object(value)
        case "map":
            return isinstance(value, dict) and all(isinstance(v, str) or v is UNKNOWN for v in value.values())
        case "block":
            return isinstance(value, dict)
        case "archive":
            return isinstance(value, Archive)
    return isinstance(value, list)


def _is_object(document: str) -> bool:
    try:
        return isinstance(json.loads(document), dict)
    except ValueError:
        return False


def _join(inside: str, name: str) -> str:
    return f"{inside}.{name}" if inside else name
