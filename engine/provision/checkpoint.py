"""What Pulumi's state says about a stack, read straight from the backend: no process, milliseconds.

Layout and locks of the self-managed backend: https://www.pulumi.com/docs/iac/concepts/state-and-backends/
and pkg/backend/diy (``.pulumi/stacks/<project>/<stack>.json``, ``.pulumi/locks/organization/...``).
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import LockedError
from engine.events import Emit, Warned

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


def remove_dead_locks(state: StateBackend, app: str, environment: str, emit: Emit) -> None:
    """Remove the locks that a killed CLI of this host left on the stack; the caller holds our own lock.

    Raises LockedError for a lock of a living process or of another host: it may be a person's.
    """
    for key in state.keys(f".pulumi/locks/organization/{app}/{environment}"):
        lock = json.loads(state.read(key) or b"{}")
        who = f"{lock.get('username')} on {lock.get('hostname')} (pulumi process {lock.get('pid')})"
        if lock.get("hostname") != socket.gethostname() or _runs(int(lock.get("pid", 0))):
            raise LockedError(
                f"the Pulumi state is locked by {who} since {lock.get('timestamp')}",
                hint="Wait for it; if it is long gone: `pulumi cancel` in that state backend.",
            )
        emit(Warned(message=f"removed a Pulumi lock left by {who}, which is gone"))
        state.delete(key)


def _resource(data: dict[str, Any]) -> Resource:
    urn = data["urn"]
    return Resource(data["type"], urn.rsplit("::", 1)[-1], data.get("id", ""), urn, data.get("inputs") or {})


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0
