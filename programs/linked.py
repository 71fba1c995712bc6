"""What the rest of an environment may know of a resource, and do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pulumi
    import pulumi_aws as aws


@dataclass(frozen=True)
class Grant:
    """Actions on resources (ARNs), for one statement of an IAM policy."""

    actions: tuple[str, ...]
    resources: tuple[pulumi.Input[str], ...]


@dataclass(frozen=True)
class Linked:
    """``outputs`` are exported by the stack as ``<kind>_<name>_<output>``, and the functions that use the
    resource get them under the same names in capitals. ``grants`` has what each access (see
    :mod:`engine.spec.backend.uses`) allows. ``arn`` names the resource itself, ``stream`` its changes;
    ``roles`` are those that users of the app take on: ``authenticated``, ``guest``; ``clients`` is the
    security group of who may reach it over the network.
    """

    arn: pulumi.Input[str]
    outputs: Mapping[str, pulumi.Input[str]]
    grants: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)
    stream: pulumi.Input[str] | None = None
    roles: Mapping[str, aws.iam.Role] = field(default_factory=dict)
    clients: pulumi.Input[str] | None = None


Links = Mapping[str, Linked]
"""All that is there already, by its name in the spec: ``database.notes``, ``auth``."""


def output_name(resource: str, output: str) -> str:
    """``database_notes_table`` for the output ``table`` of ``database.notes``."""
    return f"{resource}_{output}".replace(".", "_").replace("-", "_")
