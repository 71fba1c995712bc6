"""The figures for people, as a Markdown table, and for programs, as JSON."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
import subprocess
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.peer import language_host
from engine._version import __version__
from engine.provision.pulumi_cli import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.figure import Figure

_COLUMNS = ("measured", "Windlass: median (min-max)", "instead", "median (min-max)", "ratio", "goal", "met")
_GOALS = {"ratio": "{:.2f}x", "median": "{:g} {unit}", "difference": "+{:g} {unit}"}


def machine() -> dict[str, str]:
    """What the figures depend on."""
    return {
        "machine": f"{_processor()}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}",
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "versions": f"windlass {__version__}, Python {platform.python_version()}, Pulumi {VERSION}, "
        f"Node {_version_of('node')}",
        "python language host": language_host(),
    }


def as_markdown(figures: Sequence[Figure], about: dict[str, str]) -> str:
    """A table with a line for each figure, after what it was measured on, and the notes below it."""
    rows = [_COLUMNS, tuple("-" * 3 for _ in _COLUMNS), *(_row(figure) for figure in figures)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    notes = [f"- {note}" for figure in figures for note in figure.notes]
    return "\n".join([*(f"{name}: {value}" for name, value in about.items()), "", *lines, "", *notes])


def as_json(figures: Sequence[Figure], about: dict[str, str]) -> str:
    """All samples, with what follows from them."""
    rows = [{**dataclasses.asdict(f), "value": f.value, "ratio": f.ratio, "met": f.met} for f in figures]
    return json.dumps({**about, "figures": rows}, indent=2)


def _row(figure: Figure) -> tuple[str, ...]:
    goal = "" if figure.goal is None else _GOALS[figure.rule].format(figure.goal, unit=figure.unit)
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}x"
    if figure.rule == "difference":
        ratio += f" ({figure.value:+.0f} {figure.unit})"
    met = {True: "yes", False: "NO", None: ""}[figure.met]
    ours, theirs = _samples(figure.ours, figure.unit), _samples(figure.theirs, figure.unit)
    return figure.name, ours, figure.instead, theirs, ratio, goal if not goal else f"≤ {goal}", met


def _samples(samples: tuple[float, ...], unit: str) -> str:
    if not samples:
        return ""
    digits = 2 if unit == "s" else 0
    middle, low, high = (f"{x:.{digits}f}" for x in (median(samples), min(samples), max(samples)))
    return f"{middle} {unit} ({low}-{high})"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in _lines(info) if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def _version_of(program: str) -> str:
    return subprocess.run([program, "--version"], capture_output=True, text=True).stdout.strip()
