"""Which process is which: an identity that a reused process id does not have."""

from __future__ import annotations

import subprocess
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
