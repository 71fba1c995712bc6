"""A secret, and what is known of one without its value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SHARED = "_shared"  # the scope of all environments; no environment can have the name, which is no DNS label
GIVEN = "command line"
LARGEST = 4096  # bytes; https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
SHORTEST = 6  # characters; anything shorter is found in ordinary words, so it cannot be masked


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret with its ``value``; ``scope`` is where it is set, ``stamp`` differs for every value it had."""

    name: str
    value: str = field(repr=False)
    scope: str
    stamp: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class StoredSecret:
    """A secret that is set in ``scope``, at ``path`` of the Parameter Store, and when it was last changed."""

    name: str
    scope: str
    path: str
    version: int
    changed: datetime | None = None


def folder(app: str, scope: str = "") -> str:
    """The path below which the secrets of ``app`` are: those of one scope, or all."""
    return f"/windlass/{app}/{scope}".rstrip("/")
