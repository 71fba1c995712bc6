"""Tables: data by key, on DynamoDB.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_serializer, model_validator

from engine.spec.base import Model
from engine.spec.fields import wrong

AttributeType = Literal["string", "number", "binary"]
_NAME = r"^[A-Za-z0-9_.-]{1,255}$"


class Key(Model):
    """An attribute that is part of a key: its name, and the type of its values."""

    name: str = Field(pattern=_NAME)
    type: AttributeType = "string"

    @model_serializer
    def _as_written(self) -> dict[str, str]:
        return {self.name: self.type}


def _key(value: object) -> object:
    if isinstance(value, str):
        return {"name": value}
    if isinstance(value, Mapping) and len(value) == 1:
        name, kind = next(iter(value.items()))
        return {"name": name, "type": kind}
    if isinstance(value, Key):
        return value
    raise wrong(
        "key", "must be the name of an attribute", "Write `owner`, or `{at: number}` if it is no text."
    )


_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {"enum": ["string", "number", "binary"]},
        },
    ]
}
KeyName = Annotated[Key, BeforeValidator(_key), WithJsonSchema(_SCHEMA)]


class Index(Model):
    """A global secondary index: the same items by another key."""

    partition_key: KeyName = Field(
        description="The attribute that chooses the items: `owner`, `{at: number}`."
    )
    sort_key: KeyName | None = Field(None, description="The attribute that orders them.")
    projection: Literal["all", "keys"] = Field("all", description="What of an item the index holds.")


class Capacity(Model):
    """Units per second that are paid for whether they are used or not."""

    read: int = Field(ge=1, le=40_000, description="Read units per second.")
    write: int = Field(ge=1, le=40_000, description="Write units per second.")


class Table(Model):
    """A DynamoDB table, encrypted; paid by request, except with ``capacity``."""

    partition_key: KeyName = Field(description="The attribute that chooses items: `owner`, `{at: number}`.")
    sort_key: KeyName | None = Field(
        None, description="The attribute that orders the items of one partition."
    )
    indexes: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{3,255}$")], Index] = Field(
        {}, max_length=20, description="Indexes: name -> keys."
    )
    ttl: str | None = Field(
        None, pattern=_NAME, description="An attribute with the second (since 1970) an item goes away at."
    )
    stream: Literal["new", "old", "both", "keys"] | None = Field(
        None, description="What of a change is told; functions with a trigger on the table are told both."
    )
    capacity: Capacity | None = Field(None, description="Provisioned, instead of paid by request.")

    @property
    def pairs(self) -> tuple[tuple[Key, Key | None], ...]:
        """Partition and sort key of the table and of each index."""
        keyed: tuple[Table | Index, ...] = (self, *self.indexes.values())
        return tuple((one.partition_key, one.sort_key) for one in keyed)

    @property
    def keys(self) -> tuple[Key, ...]:
        """All attributes that are part of some key, each once."""
        return tuple({key.name: key for pair in self.pairs for key in pair if key}.values())

    @model_validator(mode="after")
    def _of_two_attributes(self) -> Table:
        for partition_key, sort_key in self.pairs:
            if sort_key and sort_key.name == partition_key.name:
                hint = "Leave the sort key out, or name another attribute."
                raise wrong("key", f"has `{sort_key.name}` as partition key and as sort key", hint)
        return self

    @model_validator(mode="after")
    def _of_one_type(self) -> Table:
        seen: dict[str, str] = {}
        for key in (key for pair in self.pairs for key in pair):
            if key and seen.setdefault(key.name, key.type) != key.type:
                raise wrong(
                    "key",
                    f"has `{key.name}` as {seen[key.name]} and as {key.type}",
                    "An attribute has one type.",
                )
        return self
