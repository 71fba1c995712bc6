"""Which process is which: an identity that a reused process id does not have."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path


def started(pid: int) -> str | None:
    """The identity of the live process ``pid``: when it started, as the system counts it.

    None where there is no such process, or only a zombie that nobody has waited for. Two processes that
    had the same id one after the other have different identities; compare them with ``==`` and nothing
    else. On Linux it is the boot id and the 22nd field of ``/proc/<pid>/stat`` (proc(5)), elsewhere
    ``ps -o lstart=``.
    """
    if pid <= 0:
        return None
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        return _from_stat(stat)
    return _from_ps(pid)


def began(pid: int) -> float | None:
    """When the live process ``pid`` started, in seconds since the epoch; None where there is none."""
    identity = started(pid)
    if identity is None:
        return None
    _, slash, ticks = identity.rpartition("/")
    if slash:
        return _boot_time() + int(ticks) / os.sysconf("SC_CLK_TCK")
    return time.mktime(time.strptime(identity, "%a %b %d %H:%M:%S %Y"))


def alive(pid: int, identity: str) -> bool:
    """Whether ``pid`` still is the process that had ``identity``."""
    return bool(identity) and started(pid) == identity


def _from_stat(stat: Path) -> str | None:
    try:
        text = stat.read_text(errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    # The second field is the name in parentheses, and may hold anything, parentheses and spaces too.
    fields = text.rpartition(")")[2].split()
    state, ticks = fields[0], fields[19]
    return None if state in "ZX" else f"{boot}/{ticks}"


def _boot_time() -> int:
    lines = Path("/proc/stat").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("btime "))


def _from_ps(pid: int) -> str | None:
    done = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/bin:/usr/bin", "LC_ALL": "C"},
    )
    state, _, since = done.stdout.strip().partition(" ")
    return None if not since or state.startswith("Z") else " ".join(since.split())
