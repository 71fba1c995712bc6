"""Names of resources: made up where the program gives none, and in each other's way where it does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.local.provider.check import Failure
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from engine.local.provider.resource import Resource

# Hidden input with the names of those that Check made up, as the bridged providers record them.
MADE_UP = "__defaults"


@dataclass(frozen=True, slots=True)
class Naming:
    """How to name a resource that the program gives no name.

    ``proposal`` is the engine's own (``pulumi:autonaming``) or empty; ``allowed`` is False where the
    platform team wants each name given.
    """

    name: str
    seed: bytes = b""
    proposal: str = ""
    allowed: bool = True

    def make(self) -> str:
        """A name: the proposal, or the resource's own name and seven hex digits as Pulumi does."""
        return self.proposal or f"{self.name}-{(self.seed.hex() or secrets.token_hex(4))[:7]}"


def with_names(
    resource: Resource, old: Values, given: Values, naming: Naming
) -> tuple[Values, list[Failure]]:
    """The inputs with the missing names; the ones made up before are kept, so that nothing is replaced."""
    missing = [name for name, field in resource.inputs.items() if field.autoname and name not in given]
    if missing and not naming.allowed:
        return given, [Failure(name, "automatic naming is off; give it a name") for name in missing]
    if not missing:
        return given, []
    made_before = old.get(MADE_UP) or ()
    names = {name: old[name] if name in made_before else naming.make() for name in missing}
    return {**given, **names, MADE_UP: missing}, []


def must_go_first(resource: Resource, old: Values, new: Values) -> bool:
    """Whether a replacement would collide with the old one: both have the same, fixed, unique name."""
    unique = [name for name, field in resource.inputs.items() if field.unique]
    made_up = new.get(MADE_UP) or ()
    return bool(unique) and all(
        name not in made_up and new.get(name) is not UNKNOWN and old.get(name) == new.get(name)
        for name in unique
    )
