"""How much a build may take of the machine, whatever its isolation, and how that is enforced.

- The size of a file and the number of open files: by the kernel, for each process (setrlimit(2)).
- Processes and memory: counted over all of the build's processes, twice a second, and the build is ended. The
  kernel's own limits do not fit: RLIMIT_AS and RLIMIT_DATA count what is reserved, and Node and Bun reserve
  tens of GB that they never use; RLIMIT_NPROC counts all processes and threads of the user, and does not hold
  for root. It is set all the same, high, as the last line against a fork bomb.
- Should the machine run out of memory before that, the kernel takes the build first (oom_score_adj, proc(5)).
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from engine.build.launch import Launch
    from engine.build.processes import Find, Process

_EVERY = 0.5  # seconds
_TASKS = 16  # of the user, for each process that the build may have: Node has a dozen threads
_FEWEST_TASKS = 16384  # a desktop has thousands
_MB = 1_000_000

# Runs before bash or bubblewrap: what follows inherits the limits. POSIX counts -f in blocks of 512 bytes;
# processes are -u in bash, -p in dash.
_SCRIPT = """\
limit() {{ ulimit "$1" "$2" || ulimit "$1" "$(ulimit -H "$1")"; }}
{{
limit -c 0; limit -f {blocks}; limit -n {files}
(ulimit -u {tasks}) && ulimit -u {tasks} || {{ (ulimit -p {tasks}) && ulimit -p {tasks}; }}
echo 500 >/proc/self/oom_score_adj
}} 2>/dev/null
exec "$@"
"""


class Limits(BaseModel):
    """``memory_mb`` and ``processes`` are for a build as a whole, ``file_mb`` for each file,
    ``open_files`` for each process. The defaults are twice what Amplify's default machine has (8 GB; a bundle
    of 5 GB), or far more than any app of the tests takes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory_mb: Annotated[int, Field(ge=64, description="MB of memory for a build as a whole.")] = 16_000
    processes: Annotated[int, Field(ge=16, description="Processes that a build may have at once.")] = 2_000
    file_mb: Annotated[int, Field(ge=1, description="MB that a file may have that a build writes.")] = 10_000
    open_files: Annotated[int, Field(ge=256, description="Files that a process may have open.")] = 65_536


class OverrunError(Exception):
    """The build took more than the limit ``key`` allows; ``what`` says how much, and how much it may."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(what)
        self.what = what
        self.key = key


def limited(launch: Launch, limits: Limits) -> Launch:
    """``launch`` under the limits that the kernel holds; where the host's own are lower, those stay."""
    script = _SCRIPT.format(
        blocks=limits.file_mb * _MB // 512,
        files=limits.open_files,
        tasks=max(limits.processes * _TASKS, _FEWEST_TASKS),
    )
    return replace(launch, command=("/bin/sh", "-c", script, "windlass-limits", *launch.command))


async def overrun(find: Find, limits: Limits) -> OverrunError:
    """Wait until the processes that ``find`` finds take more than ``limits`` allow, maybe for ever."""
    import asyncio  # `windlass check` reads the limits, and has no use for it

    while True:
        await asyncio.sleep(_EVERY)
        found = await asyncio.to_thread(lambda: exceeded(find(), limits))
        if found is not None:
            return found


def exceeded(processes: tuple[Process, ...], limits: Limits) -> OverrunError | None:
    """What ``processes`` take too much of, if anything."""
    if len(processes) > limits.processes:
        return OverrunError(
            f"{len(processes)} processes at once, and {limits.processes} are allowed", "processes"
        )
    bound = limits.memory_mb * _MB
    if sum(map(_resident, processes)) <= bound:
        return None
    # Processes that were forked share pages, which the cheap sum counts again for each.
    taken = sum(map(_proportional, processes))
    said = f"{taken / _MB:.0f} MB of memory, and {limits.memory_mb} are allowed"
    return OverrunError(said, "memory_mb") if taken > bound else None


def _resident(process: Process) -> int:
    try:
        _, resident, shared = Path(f"/proc/{process.pid}/statm").read_bytes().split()[:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGESIZE")


def _proportional(process: Process) -> int:
    try:
        lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return _resident(process)
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss_Anon:"))
