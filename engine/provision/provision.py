"""Run the plan's Pulumi program in a process of its own, with events, and cancel it in order."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import engine
from engine.errors import CancelledError, GuardError, ProvisionError, WindlassError
from engine.events import Emit, ResourceChanged
from engine.plan.changes import Change
from engine.provision.causes import advice_on
from engine.provision.difference import Difference

if TYPE_CHECKING:
    from engine.cancel import Cancel
    from engine.provision.request import Request

_LINE_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Provisioned:
    """What the operation did, and the outputs of the stack afterwards; of a look for drift, what differs."""

    changes: tuple[Change, ...]
    outputs: dict[str, Any]
    differences: tuple[Difference, ...] = ()

    def count(self, operation: str) -> int:
        """How many resources had ``operation`` done to them."""
        return sum(change.operation == operation for change in self.changes)


async def run(request: Request, environment: dict[str, str], emit: Emit, cancel: Cancel) -> Provisioned:
    """Carry out ``request`` in a child process with exactly the variables of ``environment``.

    ``cancel`` interrupts it: at the first request the CLI finishes what it began, at the second it is
    ended. Raises ProvisionError, GuardError or CancelledError.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "engine.provision.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=request.work_dir,
        env={**environment, "PYTHONPATH": _import_root()},
        start_new_session=True,
        limit=_LINE_LIMIT,
    )
    watch = asyncio.create_task(_pass_on(cancel, process))
    noise = asyncio.create_task(_tail_of(process.stderr))
    try:
        _write(process, request.to_json())
        message = await _read(process, emit)
        await process.wait()
    except asyncio.CancelledError:
        _write(process, "cancel")
        await asyncio.shield(process.wait())
        raise
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        _end_group(process.pid)
        lines = await noise
    return _result(request, message, lines)


def work_dir() -> tempfile.TemporaryDirectory[str]:
    """A private folder for one operation, gone when the block ends (the SDK would leave one behind)."""
    return tempfile.TemporaryDirectory(prefix="windlass-")


def _import_root() -> str:
    return str(Path(engine.__file__ or "").resolve().parent.parent)


async def _pass_on(cancel: Cancel, process: asyncio.subprocess.Process) -> None:
    await cancel.wait()
    _write(process, "cancel")
    await cancel.wait_now()
    _write(process, "kill")


def _write(process: asyncio.subprocess.Process, line: str) -> None:
    with suppress(BrokenPipeError, ConnectionResetError, RuntimeError):
        if process.stdin is not None:
            process.stdin.write(f"{line}\n".encode())


async def _read(process: asyncio.subprocess.Process, emit: Emit) -> dict[str, Any]:
    final: dict[str, Any] = {}
    while process.stdout is not None and (line := await process.stdout.readline()):
        message = json.loads(line)
        if "event" in message:
            data = message["event"]
            emit(ResourceChanged(**{**data, "keys": tuple(data["keys"])}))
        else:
            final = message
    return final


async def _tail_of(stream: asyncio.StreamReader | None) -> tuple[str, ...]:
    lines: deque[str] = deque(maxlen=40)
    while stream is not None and (chunk := await stream.read(65_536)):
        lines.extend(chunk.decode(errors="replace").splitlines())
    return tuple(lines)


def _end_group(pid: int) -> None:
    # Nothing of the operation may outlive it, a CLI whose worker was killed included.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _result(request: Request, message: dict[str, Any], noise: tuple[str, ...]) -> Provisioned:
    if "result" in message:
        result = message["result"]
        changes = tuple(Change(**{**c, "keys": tuple(c["keys"])}) for c in result["changes"])
        differences = tuple(Difference(**difference) for difference in result.get("differences", ()))
        return Provisioned(changes, result["outputs"], differences)
    raise _error(request, message.get("error"), noise)


def _error(request: Request, error: dict[str, Any] | None, noise: tuple[str, ...]) -> WindlassError:
    if error is None:
        return ProvisionError(
            "the process that runs Pulumi died", hint="Run the same command again.", details=noise
        )
    details = tuple(error["details"])
    if error["kind"] == "cancelled":
        return CancelledError("provisioning was cancelled", hint="Run the same command to go on.")
    if error["kind"] == "guard":
        return GuardError(error["message"], hint=error["hint"], details=details)
    return ProvisionError(error["message"], hint=advice_on((error["message"], *details)), details=details)
