"""What a JSON Schema (as pydantic makes it) allows, in words."""

from __future__ import annotations

from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

# One, and many of it.
_TYPES = {
    "string": ("text", "texts"),
    "integer": ("whole number", "whole numbers"),
    "number": ("number", "numbers"),
    "boolean": ("true or false", "truth values"),
}
_MAPPING = ("mapping", "mappings")

_BOUNDS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "matches {}",
}


def type_of(schema: Schema) -> str:
    """The type in words: ``text``, ``list of texts``, ``mapping of names to text``."""
    return _named(schema)[0]


def allowed_by(schema: Schema) -> tuple[str, ...]:
    """The values a key may have, or their bounds; empty where any of its type will do."""
    found: dict[str, None] = {}
    for choice in _choices(schema):
        inner = choice.get("items")
        parts = (choice, inner) if isinstance(inner, dict) else (choice,)
        for part in parts:
            found |= dict.fromkeys((*_values(part), *_bounds(part)))
    return tuple(found)


def models_in(schema: Schema) -> list[tuple[str, str]]:
    """The models that a key holds: the step to its keys ("" or ``.*``), and its name in ``$defs``."""
    return [
        (step, inner["$ref"].rsplit("/", 1)[1])
        for choice in _choices(schema)
        for step, inner in (
            ("", choice),
            ("", choice.get("items")),
            (".*", choice.get("additionalProperties")),
        )
        if isinstance(inner, dict) and "$ref" in inner
    ]


def text_of(value: Any) -> str:
    """A value as YAML has it on one line."""
    if value in (None, "", [], {}, ()):
        return ""
    if isinstance(value, str):
        return value
    import yaml

    shown: str = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, width=10_000)
    return shown.strip().removesuffix("...").strip()


def _named(schema: Schema) -> tuple[str, str]:
    choices = _choices(schema)
    if len(choices) > 1:
        names = list(dict.fromkeys(_named(choice)[0] for choice in choices))
        return " or ".join(names), " or ".join(dict.fromkeys(_named(choice)[1] for choice in choices))
    return _single(choices[0])


def _single(schema: Schema) -> tuple[str, str]:
    kind = schema.get("type")
    if kind == "array":
        items = _named(schema.get("items", {}))[1]
        return f"list of {items}", f"lists of {items}"
    if "$ref" in schema or kind == "object":
        return _mapping(schema)
    return _TYPES["string"] if not isinstance(kind, str) else _TYPES[kind]


def _mapping(schema: Schema) -> tuple[str, str]:
    values = schema.get("additionalProperties")
    if not isinstance(values, dict):
        return _MAPPING
    return (f"mapping of names to {_named(values)[0 if '$ref' not in values else 1]}", _MAPPING[1])


def _choices(schema: Schema) -> list[Schema]:
    given = schema.get("anyOf", [schema])
    return [choice for choice in given if choice.get("type") != "null"]


def _values(schema: Schema) -> tuple[str, ...]:
    if schema.get("type") == "boolean":
        return ()
    given = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return tuple(dict.fromkeys(str(value) for value in given))


def _bounds(schema: Schema) -> tuple[str, ...]:
    return tuple(words.format(schema[name]) for name, words in _BOUNDS.items() if name in schema)
