"""3. Going back to an earlier release: how long, and how much is written to AWS."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.proxy import counting

if TYPE_CHECKING:
    from bench.project import Project
    from bench.workshop import Workshop

_COUNTED = 2


def measure(workshop: Workshop) -> list[Figure]:
    """Back and forth between two releases; then the same through a proxy that counts."""
    project = workshop.project("notes-web")
    first = project.windlass("deploy").result["release"]
    project.edit("a second release")
    second = project.windlass("deploy").result["release"]
    back_and_forth = itertools.cycle((first, second))
    turns = [next(back_and_forth) for _ in range(workshop.runs)]
    seconds = tuple(project.windlass("rollback", release).seconds for release in turns)
    writes = tuple(float(len(_writes(project, next(back_and_forth)))) for _ in range(_COUNTED))
    return [
        Figure("rollback", seconds, goal=2.0),
        Figure("rollback: writes to AWS", writes, "requests", goal=1.0),
    ]


def _writes(project: Project, release: str) -> list[str]:
    """The writing requests of a rollback, all of them, whatever the service."""
    record = project.emulator.read_text()
    with counting(project.port) as proxy:
        project.emulator.write_text(json.dumps({**json.loads(record), "port": proxy.port}))
        try:
            done = project.windlass("rollback", release)
        finally:
            project.emulator.write_text(record)
    assert proxy.reads, "the proxy was passed by"
    assert done.result["release"] == release
    live = [write for write in proxy.writes if write.startswith("POST /key-value-stores/")]
    assert live == proxy.writes, f"more than the key-value store was written: {proxy.writes}"
    return proxy.writes
