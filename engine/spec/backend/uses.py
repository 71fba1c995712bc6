"""``uses``: the only way for a function to get a permission.

An entry is the name of a resource (``database.notes``: everything a function may do with it), or a mapping
of the name to one of its accesses (``{database.notes: read}``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, WithJsonSchema, model_serializer

from engine.spec.base import Model
from engine.spec.fields import wrong

# What can be asked for, by the kind of the resource. The programs give each of them actions and resources.
ACCESSES: Mapping[str, tuple[str, ...]] = {
    "auth": ("read", "manage"),
    "database": ("read", "write"),
    "functions": ("invoke",),
    "queues": ("send", "receive"),
    "sql": ("connect", "data"),
    "storage": ("read", "write"),
}


class Use(Model):
    """A resource (``database.notes``, ``auth``) and the accesses to it."""

    free_keys: ClassVar[bool] = True
    resource: str
    accesses: tuple[str, ...]

    @model_serializer
    def _as_written(self) -> dict[str, tuple[str, ...]]:
        return {self.resource: self.accesses}

    @property
    def kind(self) -> str:
        """``database`` of ``database.notes``."""
        return self.resource.partition(".")[0]


def _use(value: object) -> object:
    if isinstance(value, Use):
        return value
    if isinstance(value, str):
        name, asked = value, None
    elif isinstance(value, Mapping) and len(value) == 1:
        name, asked = next(iter(value.items()))
    else:
        raise wrong("uses", "must name a resource", "Write `database.notes`, or `{database.notes: read}`.")
    known = ACCESSES.get(str(name).partition(".")[0])
    if known is None:
        raise wrong("uses", f"is of no known kind: {name}", f"Kinds: {', '.join(ACCESSES)}.")
    accesses = known if asked is None else (asked,) if isinstance(asked, str) else tuple(asked or ())
    if not accesses or not set(accesses) <= set(known):
        raise wrong(
            "uses", f"asks for an access that {name} does not have", f"Its accesses: {', '.join(known)}."
        )
    return {"resource": name, "accesses": accesses}


_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
            },
        },
    ]
}

Uses = tuple[Annotated[Use, BeforeValidator(_use), WithJsonSchema(_SCHEMA)], ...]
