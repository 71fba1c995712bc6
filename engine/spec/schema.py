"""The JSON Schema of ``amplify.yml``, for editors."""

from __future__ import annotations

from typing import Any

from engine.spec.model import SpecFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL = {"type": "null"}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a whole file, as ``windlass schema`` prints it.

    A key with nothing after it is as good as none, so null is allowed wherever a key may be left out; keys
    that begin with ``x-`` or ``.`` hold YAML anchors.
    """
    schema = SpecFile.model_json_schema(by_alias=True)
    for model in (schema, *schema["$defs"].values()):
        _tidy(model)
    return {
        "$schema": _DIALECT,
        "$id": "urn:windlass:amplify.yml",
        **schema,
        "title": "amplify.yml, as Windlass reads it",
        "description": "AWS Amplify's build spec, and Windlass's app, environments and redirects.",
        "patternProperties": {"^(x-|\\.)": True},
    }


def _tidy(model: dict[str, Any]) -> None:
    """pydantic's titles are the keys over again, and its defaults are long and say nothing to an editor."""
    required = model.get("required", [])
    for name, value in model.get("properties", {}).items():
        value.pop("title", None)
        value.pop("default", None)
        if "$ref" in (inner := value.get("additionalProperties") or {}):
            value["additionalProperties"] = _nullable(inner)
        if name not in required:
            model["properties"][name] = _nullable(value)


def _nullable(value: dict[str, Any]) -> dict[str, Any]:
    described = {"description": value.pop("description")} if "description" in value else {}
    choices = value.pop("anyOf", None) or [value]
    return {**described, "anyOf": [*(choice for choice in choices if choice != _NULL), _NULL]}
