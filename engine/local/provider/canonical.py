"""One form for all values that mean the same to AWS, so that comparing them finds real differences only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from engine.local.provider.fields import Field, Fields


def canonical(declared: Field, value: Any) -> Any:
    """``value`` with defaults filled in, sets in order and documents parsed; None where it says nothing.

    An empty text, list, map or block says nothing: CloudFront answers with such where none was sent.
    """
    if value is None:
        value = declared.default
    if value is None or value is UNKNOWN:
        return value
    match declared.kind:
        case "json":
            return json.loads(value)
        case "archive":
            return value.hash
        case "block":
            return canonical_block(declared.fields, value)
        case "list" | "set":
            return _canonical_items(declared, value)
    return value if value not in ("", {}) else None


def canonical_block(fields: Fields, values: Values) -> Values | None:
    """All of ``fields`` in canonical form, those that say nothing left out; None if nothing is left."""
    every = {name: canonical(declared, values.get(name)) for name, declared in fields.items()}
    return {name: value for name, value in every.items() if value is not None} or None


def _canonical_items(declared: Field, values: list[Any]) -> list[Any] | None:
    if declared.item is None:
        return values or None
    listed = [canonical(declared.item, value) for value in values]
    if declared.kind == "set":
        listed.sort(key=lambda value: json.dumps(value, sort_keys=True, default=repr))
    return listed or None
