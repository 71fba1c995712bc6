"""The vocabulary in which the entries of ``resources/`` declare their inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

Kind = Literal["text", "flag", "whole", "number", "json", "map", "list", "set", "block", "archive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input of a resource, named in camelCase as in the schema of the official provider.

    ``required`` must be given. ``default`` is what AWS uses when it is not. ``replaces``: a change makes a
    new resource. ``local``: Pulumi keeps it, AWS knows nothing of it. ``computed``: AWS chooses a value
    when none is given, and that is no drift. ``unique``: no two resources of the type can share it, so
    that an old one must go before its replacement comes; ``autoname``: one is made up when it is not
    given. ``choices`` are the texts allowed; ``limit`` is the longest text in bytes, ``span`` the least and
    the greatest number. ``api`` is the dotted path in the AWS API where it is not the same name in
    PascalCase ("" for the enclosing structure itself); ``as_text``: the API wants the number as a text.
    """

    kind: Kind
    required: bool = False
    default: Any = None
    replaces: bool = False
    local: bool = False
    computed: bool = False
    unique: bool = False
    autoname: bool = False
    choices: tuple[str, ...] = ()
    limit: int | None = None
    span: tuple[int, int] | None = None
    api: str | None = None
    as_text: bool = False
    item: Field | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)

    @property
    def many(self) -> bool:
        """Whether it holds items."""
        return self.kind in ("list", "set")


Fields = Mapping[str, Field]

text = partial(Field, kind="text")
flag = partial(Field, kind="flag")
whole = partial(Field, kind="whole")
number = partial(Field, kind="number")
document = partial(Field, kind="json")
mapping = partial(Field, kind="map")
archive = partial(Field, kind="archive", local=True)


def block(fields: Fields, **options: Any) -> Field:
    """A nested structure."""
    return Field(kind="block", fields=fields, **options)


def items(item: Field, **options: Any) -> Field:
    """A list whose order means nothing, as most lists of AWS."""
    return Field(kind="set", item=item, **options)


def ordered(item: Field, **options: Any) -> Field:
    """A list whose order counts."""
    return Field(kind="list", item=item, **options)


# Hidden input of everything that takes tags: the default tags of the provider, as Check found them.
DEFAULT_TAGS = "__defaultTags"
TAGS: Fields = {"tags": mapping(), DEFAULT_TAGS: mapping()}

# Version 7 of the official provider takes a region on every regional resource; another one is another place.
REGION: Fields = {"region": text(local=True, replaces=True)}
