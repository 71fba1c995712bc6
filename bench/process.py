"""A process, timed from the outside, and the memory of its tree while it runs."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Counted = Callable[[psutil.Process], bool]

_EVERY = 0.02  # seconds between two looks


@dataclass(frozen=True)
class Done:
    """Wall seconds, what was printed, and the peak resident memory in MB of the processes that counted."""

    seconds: float
    stdout: str
    peak: float = 0.0


def run(
    line: list[str], folder: Path, environment: Mapping[str, str], counted: Counted | None = None
) -> Done:
    """Run a command line; with ``counted`` also watch the memory of its tree.

    Raises RuntimeError with all it printed if it fails.
    """
    program = shutil.which(line[0], path=environment["PATH"]) or line[0]
    began = time.perf_counter()
    with subprocess.Popen(
        [program, *line[1:]],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watch = _Watch(process.pid, counted) if counted else None
        stdout, stderr = process.communicate()
        seconds = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError(f"{' '.join(line)}: exit code {process.returncode}\n{stdout}{stderr}")
    return Done(seconds, stdout, watch.stop() if watch else 0.0)


class _Watch:
    """Looks at the tree of a process from a thread and keeps the greatest sum."""

    def __init__(self, pid: int, counted: Counted) -> None:
        self._root = psutil.Process(pid)
        self._counted = counted
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self._peak / 1e6

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                tree = [self._root, *self._root.children(recursive=True)]
                self._peak = max(self._peak, sum(self._memory(process) for process in tree))

    def _memory(self, process: psutil.Process) -> int:
        try:
            return int(process.memory_info().rss) if self._counted(process) else 0
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            return 0
