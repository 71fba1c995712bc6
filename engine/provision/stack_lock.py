"""Pulumi's own locks on a stack: those of the dead are removed, those of the living waited for.

They are files of the self-managed backend, ``.pulumi/locks/organization/<project>/<stack>/<uuid>.json``
(pkg/backend/diy/lock.go).
"""

from __future__ import annotations

import asyncio
import socket
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import LockedError
from engine.events import Emit, Warned
from engine.process import began

if TYPE_CHECKING:
    from engine.cancel import Cancel
    from engine.state.backend import StateBackend

PATIENCE = 300.0  # seconds; a CLI that was asked to stop still waits for what AWS is doing for it
_POLL = 0.25
_ATTRIBUTES = ".attrs"  # beside each object in a folder (gocloud.dev/blob/fileblob)
_SKEW = 60.0  # seconds that a clock may have been set since the lock was taken


@dataclass(frozen=True, slots=True)
class StackLock:
    """Who holds a stack: the process of a CLI, since a time as Pulumi wrote it (RFC 3339)."""

    key: str
    user: str
    host: str
    pid: int
    since: str

    @property
    def here(self) -> bool:
        """Whether the process is, or was, one of this host."""
        return self.host == socket.gethostname()

    @property
    def dead(self) -> bool:
        """Whether it was a process of this host, which is gone; its id may have been used again."""
        if not self.here:
            return False
        process = began(self.pid)
        return process is None or process > _seconds(self.since, process) + _SKEW

    def __str__(self) -> str:
        return f"{self.user} on {self.host} (pulumi process {self.pid}) since {self.since}"


async def unlocked(
    state: StateBackend,
    app: str,
    environment: str,
    emit: Emit,
    cancel: Cancel,
    patience: float = PATIENCE,
) -> None:
    """Return once nobody holds the stack. The caller holds our own lock, so no other deployment does.

    A killed engine leaves a CLI that finishes what it has begun, so a living one of this host is waited for.
    Raises LockedError for one that takes longer than ``patience`` seconds, or that is on another host: it may
    be a person's; and CancelledError.
    """
    deadline = time.monotonic() + patience
    told = False
    while locks := await asyncio.to_thread(_held, state, app, environment, emit):
        lock = locks[0]
        if not lock.here or time.monotonic() >= deadline:
            raise LockedError(
                f"the Pulumi state is locked by {lock}",
                hint=f"Wait for it. If that process is gone, delete {lock.key} in {state.url}.",
            )
        if not told:
            emit(Warned(message=f"waiting for {lock}, which finishes what it has begun"))
            told = True
        cancel.check()
        await asyncio.sleep(_POLL)


def _held(state: StateBackend, app: str, environment: str, emit: Emit) -> list[StackLock]:
    """The locks of the living on a stack; those of the dead are removed."""
    keys = state.keys(f".pulumi/locks/organization/{app}/{environment}")
    locks = [lock for key in keys if key.endswith(".json") and (lock := _read(state, key))]
    for lock in locks:
        if lock.dead:
            emit(Warned(message=f"removed a Pulumi lock left by {lock}, which is gone"))
            state.delete(lock.key)
            state.delete(f"{lock.key}{_ATTRIBUTES}")
    return [lock for lock in locks if not lock.dead]


def _read(state: StateBackend, key: str) -> StackLock | None:
    found = state.read_json(key)
    if found is None:
        return None
    return StackLock(
        key=key,
        user=found.get("username", "somebody"),
        host=found.get("hostname", ""),
        pid=int(found.get("pid", 0)),
        since=found.get("timestamp", ""),
    )


def _seconds(timestamp: str, otherwise: float) -> float:
    try:
        return datetime.fromisoformat(timestamp).timestamp()
    except ValueError:
        return otherwise
