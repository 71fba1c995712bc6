"""Launches the emulator's process and waits until it serves."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import engine
from engine.errors import LocalTargetError
from engine.local.emulator.settings import Settings, child_environment

if TYPE_CHECKING:
    from typing import BinaryIO

LOG = "emulator.log"
_READY_SECONDS = 120.0  # about 10 s for 20 000 objects in S3
_LOG_BYTES = 5_000_000
_SHOWN_LINES = 12


async def launch(folder: Path, port: int) -> int:
    """Start the daemon with its data in ``folder`` on ``port`` (0: any free one); the port it serves on.

    Raises LocalTargetError with the last lines of its log if it ends instead, or takes two minutes.
    """
    with _open_log(folder) as log:
        begin = log.tell()
        process = await asyncio.create_subprocess_exec(
            *_command(Settings(folder, port)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
            cwd=folder,
            env=_environment(),
            start_new_session=True,
        )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), _READY_SECONDS)
    except TimeoutError:
        said = b""
    if not said.strip().isdigit():
        raise _failure(folder / LOG, begin)
    return int(said)


def _command(settings: Settings) -> list[str]:
    # -P: nothing is imported from the working directory, which is full of files that are not ours.
    return [sys.executable, "-P", "-m", "engine.local.emulator.server", settings.to_json()]


def _environment() -> dict[str, str]:
    importable = Path(engine.__file__ or "").parents[1]
    return {**child_environment(dict(os.environ)), "PYTHONPATH": str(importable)}


def _open_log(folder: Path) -> BinaryIO:
    path = folder / LOG
    too_long = path.exists() and path.stat().st_size > _LOG_BYTES
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | (os.O_TRUNC if too_long else 0)
    log = os.fdopen(os.open(path, flags, 0o600), "ab")
    log.seek(0, os.SEEK_END)
    return log


def _failure(log: Path, begin: int) -> LocalTargetError:
    lines = log.read_bytes()[begin:].decode(errors="replace").strip().splitlines()
    return LocalTargetError(
        f"the local target did not start: {lines[-1]}" if lines else "the local target did not start",
        hint=f"the whole log is in {log}; `windlass local reset` starts from nothing",
        details=tuple(lines[-_SHOWN_LINES:]),
    )
