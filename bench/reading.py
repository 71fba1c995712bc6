"""11. Reading amplify.yml: every file of a folder of real ones, or of `examples/`."""

from __future__ import annotations

import os
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import yaml

from bench.figure import Figure
from bench.project import ROOT
from engine.errors import SpecError
from engine.spec.examine import examine_spec

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.workshop import Workshop

_FOLDER = Path(os.environ.get("WINDLASS_CORPUS") or ROOT / "examples")
_GOAL = 20.0  # ms a file


def measure(workshop: Workshop) -> list[Figure]:
    """Each file in turn by ours, which also says what is wrong with it, and by PyYAML alone."""
    files = [path.read_bytes() for path in sorted(_FOLDER.rglob("amplify.y*ml")) if path.is_file()]
    for data in files:  # what is imported and compiled at first use is no reading
        examine_spec(data, "amplify.yml")
    ours = [
        _milliseconds(lambda data=data: examine_spec(data, "amplify.yml"), workshop.runs) for data in files
    ]
    theirs = [_milliseconds(lambda data=data: _plain(data), workshop.runs) for data in files]
    name = f"reading a spec ({len(files)} of {_FOLDER.name})"
    return [
        Figure(name, tuple(ours), "ms", "yaml.safe_load", tuple(theirs), _GOAL),
        Figure("the slowest of them", (max(ours),), "ms", "yaml.safe_load", (max(theirs),), _GOAL),
    ]


def _plain(data: bytes) -> None:
    try:
        yaml.safe_load(data)
    except (yaml.YAMLError, SpecError):
        return


def _milliseconds(work: Callable[[], object], runs: int) -> float:
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return median(seconds) * 1000
