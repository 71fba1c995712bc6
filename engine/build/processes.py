"""The processes of a build, wherever they went, and how they are ended."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MARK = "WINDLASS_SECTION"  # in the environment of every process of a section, with a value of its own

_KILL_PATIENCE = 2.0  # seconds for the kernel to end what got SIGKILL
_POLL = 0.03  # seconds
_ROUNDS = 100  # of stopping what was forked meanwhile


@dataclass(frozen=True, slots=True)
class Process:
    """A process that is alive (no zombie). ``command`` is shortened."""

    pid: int
    command: str

    def __str__(self) -> str:
        return f"`{self.command}` (pid {self.pid})"


@dataclass(frozen=True, slots=True)
class _Row:
    parent: int
    session: int


Find = Callable[[], tuple[Process, ...]]


def processes_of(session: int, mark: str) -> tuple[Process, ...]:
    """The live processes of ``session``, those below its leader, and those that carry ``mark`` in their
    environment.

    A daemon starts a session of its own (pm2 does), yet inherits the environment; this is how Jenkins finds
    it too (https://www.jenkins.io/doc/book/using/aborting-a-build/). Without ``/proc`` only the process
    group is searched.
    """
    if Path("/proc/self/stat").exists():
        return tuple(_linux_processes(session, f"{MARK}={mark}".encode()))
    return tuple(_other_processes(session))


async def end_processes(find: Find, grace: float) -> None:
    """Send SIGTERM to what ``find`` finds, and SIGKILL to what is still there after ``grace`` seconds."""
    for number, patience in ((signal.SIGTERM, grace), (signal.SIGKILL, _KILL_PATIENCE)):
        send(number, find())
        if await gone(find, patience):
            return
    send(signal.SIGKILL, find())


def kill_at_once(find: Find) -> None:
    """Kill what ``find`` finds, even if it multiplies: what is stopped first cannot fork."""
    stopped: set[int] = set()
    for _ in range(_ROUNDS):
        found = find()
        if stopped.issuperset(process.pid for process in found):
            break
        send(signal.SIGSTOP, found)
        stopped = {process.pid for process in found}
    send(signal.SIGKILL, find())


def send(number: signal.Signals, processes: tuple[Process, ...]) -> None:
    """Send a signal to each process that is still there."""
    for process in processes:
        try:
            os.kill(process.pid, number)
        except (ProcessLookupError, PermissionError):
            continue


async def gone(find: Find, patience: float) -> bool:
    """Whether ``find`` finds nothing any more, at the latest after ``patience`` seconds."""
    deadline = time.monotonic() + patience
    while find():
        if time.monotonic() >= deadline:
            return False
        await asyncio.sleep(_POLL)
    return True


def _linux_processes(session: int, mark: bytes) -> Iterator[Process]:
    table = {pid: row for pid in _numbers() if (row := _row(pid))}
    for pid, row in table.items():
        folder = Path(f"/proc/{pid}")
        try:
            ours = row.session == session or _is_below(session, pid, table)
            if ours or mark in (folder / "environ").read_bytes().split(b"\0"):
                yield Process(pid, _command(folder))
        except OSError:
            continue


def _numbers() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208  # twice a second


def _row(pid: int) -> _Row | None:
    try:
        # After the name in parentheses: state, parent, process group, session (proc(5)).
        stat = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return None if stat[0] in (b"Z", b"X") else _Row(int(stat[1]), int(stat[3]))


def _is_below(leader: int, pid: int, table: dict[int, _Row]) -> bool:
    if leader not in table or table[leader].session != leader:
        return False  # gone; what was below it has another parent now
    while pid in table and pid != leader:
        pid = table[pid].parent
    return pid == leader


def _command(folder: Path) -> str:
    words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    return (words or (folder / "comm").read_text().strip())[:80]


def _other_processes(group: int) -> Iterator[Process]:
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,pgid=,state=,command="], capture_output=True, text=True, check=False
    )
    for line in listed.stdout.splitlines():
        pid, in_group, state, command = line.split(None, 3)
        if int(in_group) == group and not state.startswith("Z"):
            yield Process(int(pid), command[:80])
