"""Starts and stops the emulator of a project, and says how it is."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.errors import LocalTargetError, PrerequisiteError
from engine.events import Emit, StepFinished, StepStarted, Warned, ignore
from engine.local.emulator import launch, patches, ports, record
from engine.local.folder import alone, data_folder, data_path
from engine.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from engine.local.emulator.record import Record

_STEP = "local"
_HEALTH_SECONDS = 10.0
_STOP_SECONDS = 10.0
_KILL_SECONDS = 5.0
_PORT_SECONDS = 2.0
_POLL_SECONDS = 0.05
_KEPT_BY_RESET = ("lock",)


@dataclass(frozen=True, slots=True)
class LocalStatus:
    """A running emulator. ``since`` is in seconds since the epoch, ``size`` its data on disk in bytes."""

    pid: int
    port: int
    since: float
    url: str
    size: int


async def start(project: Path, *, port: int | None = None, emit: Emit = ignore) -> Target:
    """The running emulator of ``project``; started if it is not running, on the same port as before.

    Callers that come at once share one. Raises PrerequisiteError if ministack or Node is missing, and
    LocalTargetError if it does not start or already runs on a port other than ``port``.
    """
    folder = data_folder(project)
    async with alone(folder):
        known = record.read(folder)
        if known is not None and known.alive:
            if await asyncio.to_thread(_answers, known.port):
                return _target_on(known, port)
            await _end(folder, known)
        if known is not None and known.pid:
            await _let_go(known.port)
        _check_prerequisites()
        return await _start(folder, port, known, emit)


def status(project: Path) -> LocalStatus | None:
    """The running emulator of ``project``, or None."""
    folder = data_path(project)
    known = record.read(folder)
    if known is None or not known.alive:
        return None
    return LocalStatus(known.pid, known.port, known.since, f"http://localhost:{known.port}/", _size(folder))


def local_target(project: Path) -> Target | None:
    """Where the emulator of ``project`` runs, or None if it does not. Looks at the process only."""
    known = record.read(data_path(project))
    return _target(known.port) if known is not None and known.alive else None


async def stop(project: Path) -> bool:
    """Stop the emulator of ``project``; its data stay. False if it was not running."""
    folder = data_path(project)
    if not folder.exists():
        return False
    async with alone(folder):
        known = record.read(folder)
        return known is not None and await _end(folder, known)


async def reset(project: Path) -> None:
    """Stop the emulator of ``project`` and remove all local data, Pulumi's state too. The port stays."""
    folder = data_path(project)
    if not folder.exists():
        return
    async with alone(folder):
        known = record.read(folder)
        if known is not None:
            await _end(folder, known)
        await asyncio.to_thread(_empty, folder)
        if known is not None:
            record.write(folder, record.Record(known.port))


async def _start(folder: Path, port: int | None, known: Record | None, emit: Emit) -> Target:
    begin = time.monotonic()
    emit(StepStarted(step=_STEP, message="Starting AWS on this machine"))
    serving = await _launched(folder, port, known.port if known else None)
    if known is not None and known.port != serving:
        emit(Warned(message=f"local addresses now have port {serving}; before it was {known.port}"))
    emit(StepFinished(step=_STEP, seconds=time.monotonic() - begin, summary=f"http://localhost:{serving}/"))
    return _target(serving)


async def _launched(folder: Path, port: int | None, recorded: int | None) -> int:
    """Launch the emulator; the port. Again, where another project's was faster to take the port."""
    while True:
        chosen = ports.choose(port, recorded)
        try:
            return await launch.launch(folder, chosen)
        except LocalTargetError:
            if port is not None or ports.free(chosen):
                raise


async def _let_go(port: int) -> None:
    """Wait a moment for a port: a killed process counts as gone, but its last threads have it still."""
    for _ in range(int(_PORT_SECONDS / _POLL_SECONDS)):
        if ports.free(port):
            return
        await asyncio.sleep(_POLL_SECONDS)


def _target_on(known: Record, port: int | None) -> Target:
    if port not in (None, 0, known.port):
        raise LocalTargetError(
            f"the local target already runs on port {known.port}",
            hint=f"windlass local stop, then start it with port {port}",
        )
    return _target(known.port)


def _target(port: int) -> Target:
    return Target(kind="local", endpoint=f"http://127.0.0.1:{port}")


def _check_prerequisites() -> None:
    patches.check_version()
    if shutil.which("node") is None:
        raise PrerequisiteError(
            "the local target needs Node.js, which is not on the PATH",
            hint="install Node.js 20 or newer: https://nodejs.org/",
        )


def _answers(port: int) -> bool:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_HEALTH_SECONDS)
    try:
        connection.request("GET", "/_ministack/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


async def _end(folder: Path, known: Record) -> bool:
    if not known.alive:
        return False
    if not await _signal(known, signal.SIGTERM, _STOP_SECONDS) and not await _signal(
        known, signal.SIGKILL, _KILL_SECONDS
    ):
        raise LocalTargetError(f"process {known.pid} does not end", hint=f"kill -9 {known.pid}")
    record.write(folder, replace(known, pid=0, identity="", since=0.0))
    return True


async def _signal(known: Record, number: signal.Signals, seconds: float) -> bool:
    """Send a signal to the very process; whether it ended within ``seconds``."""
    if known.alive:
        os.kill(known.pid, number)
    for _ in range(int(seconds / _POLL_SECONDS)):
        if not known.alive:
            return True
        await asyncio.sleep(_POLL_SECONDS)
    return not known.alive


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name not in _KEPT_BY_RESET:
            entry.unlink()


def _size(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file())
