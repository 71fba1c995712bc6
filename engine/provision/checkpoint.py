"""What Pulumi's state says about a stack, read straight from the backend: no process, milliseconds.

Layout of the self-managed backend: https://www.pulumi.com/docs/iac/concepts/state-and-backends/ and
pkg/backend/diy (``.pulumi/stacks/<project>/<stack>.json``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.state.backend import StateBackend


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource that exists: its type, logical name, physical id, URN and inputs."""

    type: str
    name: str
    id: str
    urn: str
    inputs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The resources of a stack, and those whose creation was cut short (their ids are unknown)."""

    resources: tuple[Resource, ...]
    pending: tuple[Resource, ...]


def read_checkpoint(state: StateBackend, app: str, environment: str) -> Checkpoint | None:
    """The checkpoint of a stack, or None where there is no such stack."""
    data = state.read_json(f".pulumi/stacks/{app}/{environment}.json")
    if data is None:
        return None
    latest = data.get("checkpoint", {}).get("latest") or {}
    creating = [o["resource"] for o in latest.get("pending_operations") or [] if o["type"] == "creating"]
    resources = [_resource(r) for r in latest.get("resources") or [] if r.get("custom") and r.get("id")]
    return Checkpoint(
        tuple(r for r in resources if not r.type.startswith("pulumi:providers:")),
        tuple(_resource(r) for r in creating),
    )


def sweep(state: StateBackend, app: str, environment: str) -> None:
    """Remove what killed CLIs left of a stack that is gone: halves of files, backups, history."""
    stacks, folders = f".pulumi/stacks/{app}", (".pulumi/backups", ".pulumi/history")
    halves = [key for key in state.keys(stacks) if key.startswith(f"{stacks}/{environment}.json")]
    for key in [*halves, *(k for folder in folders for k in state.keys(f"{folder}/{app}/{environment}"))]:
        state.delete(key)


def _resource(data: dict[str, Any]) -> Resource:
    urn = data["urn"]
    return Resource(data["type"], urn.rsplit("::", 1)[-1], data.get("id", ""), urn, data.get("inputs") or {})
