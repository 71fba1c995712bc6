"""Where a project keeps what is only of this machine: ``<project>/.windlass/``."""

from __future__ import annotations

import asyncio
import fcntl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

_NAME = ".windlass"
_POLL_SECONDS = 0.05


def project_folder(project: Path) -> Path:
    """``<project>/.windlass``, made if missing, with a ``.gitignore`` that keeps all of it out of git."""
    folder = project.resolve() / _NAME
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")
    return folder


def data_path(project: Path) -> Path:
    """``<project>/.windlass/local``, whether it is there or not: everything the local target knows."""
    return project.resolve() / _NAME / "local"


def data_folder(project: Path) -> Path:
    """:func:`data_path`, made if missing."""
    project_folder(project)
    folder = data_path(project)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@asynccontextmanager
async def alone(folder: Path) -> AsyncIterator[None]:
    """Hold the one lock of ``folder`` inside the block; wait while another process or task has it.

    The lock is the kernel's (flock(2)), so it goes with the process that held it.
    """
    with (folder / "lock").open("a") as file:
        while not _taken(file.fileno()):  # noqa: ASYNC110  # the other holder may be another process
            await asyncio.sleep(_POLL_SECONDS)
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
