"""The package schema: which types and functions exist locally, for tools that ask the provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.local.provider.fields import Field
    from engine.local.provider.resource import Resource
    from engine.local.provider.values import Values

_TYPES = {"text": "string", "json": "string", "flag": "boolean", "whole": "integer", "number": "number"}


def schema(resources: Mapping[str, Resource], functions: Iterable[str]) -> Values:
    """A Pulumi package schema with the inputs of each type; nested blocks are plain objects in it."""
    return {
        "name": "aws",
        "resources": {kind: _resource(resource) for kind, resource in resources.items()},
        "functions": {token: {} for token in functions},
    }


def _resource(resource: Resource) -> Values:
    return {
        "inputProperties": {name: _property(declared) for name, declared in resource.inputs.items()},
        "requiredInputs": [name for name, declared in resource.inputs.items() if declared.required],
        "properties": {name: {"type": "string"} for name in resource.outputs},
    }


def _property(declared: Field) -> dict[str, Any]:
    if declared.item is not None:
        return {"type": "array", "items": _property(declared.item)}
    if declared.kind in _TYPES:
        return {"type": _TYPES[declared.kind]}
    return {"type": "object", "additionalProperties": {"$ref": "pulumi.json#/Any"}}
