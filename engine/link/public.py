"""What of a stack's outputs a browser may know, and the variables that tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LINKED = ("api", "auth", "storage")  # the kinds that browsers work with
_PUBLIC = tuple(f"{kind}_" for kind in LINKED)


def public_outputs(outputs: Mapping[str, str]) -> dict[str, str]:
    """The outputs that are no secret: ids, addresses and names that browsers work with."""
    return {name: value for name, value in outputs.items() if name.startswith(_PUBLIC)}


def public_variables(outputs: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The public outputs as variables that a bundler lets through: ``VITE_AUTH_USER_POOL_ID``."""
    return {f"{prefix}{name.upper()}": value for name, value in public_outputs(outputs).items()}
