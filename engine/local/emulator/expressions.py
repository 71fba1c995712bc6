"""Conditions and updates as resolvers write them, as expressions of DynamoDB.

https://docs.aws.amazon.com/appsync/latest/devguide/built-in-modules-js.html
https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_COMPARED = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_CALLED = {"beginsWith": "begins_with({}, {})", "contains": "contains({}, {})"}
_CALLED |= {"notContains": "NOT contains({}, {})", "attributeType": "attribute_type({}, {})"}


@dataclass
class Expression:
    """The text, and what its ``#n`` and ``:v`` stand for; values are plain."""

    text: str = ""
    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def name(self, attribute: str) -> str:
        """What stands for an attribute, ``place.city`` included."""
        return ".".join(self._reference(part) for part in attribute.split("."))

    def value(self, value: Any) -> str:
        """What stands for a value."""
        reference = f":v{len(self.values)}"
        self.values[reference] = value
        return reference

    def _reference(self, part: str) -> str:
        known = {name: reference for reference, name in self.names.items()}
        reference = known.get(part, f"#n{len(self.names)}")
        self.names[reference] = part
        return reference


def condition(wanted: Mapping[str, Any]) -> Expression:
    """``{"owner": {"eq": "x"}, "or": [...]}`` as an expression; all of it must hold."""
    made = Expression()
    made.text = _all(made, wanted)
    return made


def update(wanted: Mapping[str, Any]) -> Expression:
    """``{"text": "x", "count": {"__op": "increment", "by": 1}}`` as an update expression."""
    made = Expression()
    clauses: dict[str, list[str]] = {}
    for attribute, value in wanted.items():
        verb, clause = _change(made, made.name(attribute), value)
        clauses.setdefault(verb, []).append(clause)
    made.text = " ".join(f"{verb} {', '.join(listed)}" for verb, listed in clauses.items())
    return made


def _all(made: Expression, wanted: Mapping[str, Any]) -> str:
    return " AND ".join(_one(made, name, value) for name, value in wanted.items())


def _one(made: Expression, name: str, value: Any) -> str:
    if name in ("and", "or"):
        return "(" + f" {name.upper()} ".join(f"({_all(made, inner)})" for inner in value) + ")"
    if name == "not":
        return f"(NOT ({_all(made, value)}))"
    return " AND ".join(_test(made, made.name(name), test, given) for test, given in value.items())


def _test(made: Expression, name: str, test: str, given: Any) -> str:
    if test in _COMPARED:
        return f"{name} {_COMPARED[test]} {made.value(given)}"
    if test in _CALLED:
        return _CALLED[test].format(name, made.value(given))
    if test == "between":
        return f"{name} BETWEEN {made.value(given[0])} AND {made.value(given[1])}"
    if test == "in":
        return f"{name} IN ({', '.join(made.value(one) for one in given)})"
    if test == "attributeExists":
        return f"attribute_{'' if given else 'not_'}exists({name})"
    raise ValueError(f"AppSync knows no `{test}` in a condition")


def _change(made: Expression, name: str, value: Any) -> tuple[str, str]:
    if not isinstance(value, Mapping) or "__op" not in value:
        return "SET", f"{name} = {made.value(value)}"
    match value["__op"]:
        case "increment" | "decrement" as way:
            by = made.value(value.get("by", 1))
            return "SET", f"{name} = {name} {'+' if way == 'increment' else '-'} {by}"
        case "append":
            return "SET", f"{name} = list_append({name}, {made.value(value['value'])})"
        case "prepend":
            return "SET", f"{name} = list_append({made.value(value['value'])}, {name})"
        case "remove":
            return "REMOVE", name
        case "updateListItem":
            return "SET", f"{name}[{int(value['index'])}] = {made.value(value['value'])}"
        case _:
            return "SET", f"{name} = {made.value(value.get('value'))}"
