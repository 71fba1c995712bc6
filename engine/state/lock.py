"""One deployment at a time per environment: a lock with an owner and a lease.

A lock is an object that can be created only once. Its owner renews it; a lock whose process is gone, or
that nobody renewed for :data:`LEASE` seconds, is broken by the next deployment. Who may break a given lock
is again decided by an object that can be created only once (and stays), so two never break the same one.
"""

from __future__ import annotations

import asyncio
import getpass
import json
import os
import socket
import time
import uuid
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from engine.errors import LockedError
from engine.events import Emit, Warned
from engine.process import alive, started
from engine.state.record import folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from engine.state.backend import StateBackend

LEASE = 120.0
_RENEW_EVERY = 20.0


@dataclass(frozen=True, slots=True)
class Lock:
    """Who holds an environment: a process of a user on a host, for a deployment, since a time."""

    id: str
    host: str
    pid: int
    process: str
    user: str
    deployment: str
    since: float
    renewed: float

    def held(self, now: float) -> bool:
        """Whether the owner still lives: by its process on this host, by its lease on another."""
        if self.host == socket.gethostname():
            return alive(self.pid, self.process)
        return now - self.renewed < LEASE

    def __str__(self) -> str:
        since = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self.since))
        return f"{self.user} on {self.host} (process {self.pid}, deployment {self.deployment}) since {since}"


@asynccontextmanager
async def locked(
    state: StateBackend, app: str, environment: str, deployment: str, emit: Emit
) -> AsyncIterator[Lock]:
    """Hold the lock of an environment for as long as the block runs.

    Raises LockedError, naming the owner, if a living deployment holds it.
    """
    key = f"{folder(app, environment)}/lock.json"
    lock = await asyncio.to_thread(_acquire, state, key, _mine(deployment), emit)
    renewal = asyncio.create_task(_renew(state, key, lock))
    try:
        yield lock
    finally:
        renewal.cancel()
        with suppress(asyncio.CancelledError):
            await renewal
        await asyncio.to_thread(_release, state, key, lock)


def holder(state: StateBackend, app: str, environment: str) -> Lock | None:
    """Who holds the environment now, if anybody who lives does."""
    lock = _read(state, f"{folder(app, environment)}/lock.json")
    return lock if lock and lock.held(time.time()) else None


def _mine(deployment: str) -> Lock:
    now = time.time()
    pid = os.getpid()
    return Lock(
        id=uuid.uuid4().hex,
        host=socket.gethostname(),
        pid=pid,
        process=started(pid) or "",
        user=_user(),
        deployment=deployment,
        since=now,
        renewed=now,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _acquire(state: StateBackend, key: str, lock: Lock, emit: Emit) -> Lock:
    while not state.create(key, _encode(lock)):
        other = _read(state, key)
        if other is None:
            continue
        if other.held(time.time()):
            raise LockedError(
                f"the environment is locked by {other}",
                hint="Wait until it is done; a lock whose process has died is removed by itself.",
            )
        _break(state, key, other, emit)
    return lock


def _break(state: StateBackend, key: str, other: Lock, emit: Emit) -> None:
    token = f"{key}.{other.id}.broken"
    if not state.create(token, b"{}"):
        raise LockedError(
            f"the lock left by {other} is being removed by another deployment",
            hint="Run the same command again in a moment.",
        )
    emit(Warned(message=f"removed a lock left by {other}, which is gone"))
    state.delete(key)


async def _renew(state: StateBackend, key: str, lock: Lock) -> None:
    while True:
        await asyncio.sleep(_RENEW_EVERY)
        data = {**asdict(lock), "renewed": time.time()}
        await asyncio.to_thread(state.write, key, json.dumps(data).encode())


def _release(state: StateBackend, key: str, lock: Lock) -> None:
    present = _read(state, key)
    if present is not None and present.id == lock.id:
        state.delete(key)


def _read(state: StateBackend, key: str) -> Lock | None:
    data = state.read_json(key)
    return None if data is None else Lock(**data)


def _encode(lock: Lock) -> bytes:
    return json.dumps(asdict(lock)).encode()
