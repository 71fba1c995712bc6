"""5. What Windlass adds to Pulumi: time and memory of the first provisioning of an environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.peer import peer

if TYPE_CHECKING:
    import psutil

    from bench.workshop import Workshop

_MEMORY_RUNS = 3  # apart from the timed ones: looking costs time


def measure(workshop: Workshop) -> list[Figure]:
    """New environments and new stacks in turn, of the same resources."""
    times = [_timed(workshop, f"n{turn}") for turn in range(workshop.runs)]
    peaks = [_watched(workshop, f"m{turn}") for turn in range(_MEMORY_RUNS)]
    ours, theirs = (tuple(side) for side in zip(*times, strict=True))
    our_peaks, their_peaks, bare = (tuple(side) for side in zip(*peaks, strict=True))
    name, instead = "memory beside the Pulumi CLI", "language host, program, provider"
    return [
        Figure(
            "step provision, new environment",
            ours,
            "s",
            "pulumi stack init; up --yes --skip-preview",
            theirs,
            1.15,
            "ratio",
        ),
        Figure(name, our_peaks, "MB", instead, their_peaks, 100, "difference"),
        Figure("the same", our_peaks, "MB", "language host and program alone", bare, rule="difference"),
    ]


def _timed(workshop: Workshop, name: str) -> tuple[float, float]:
    project = workshop.project("plain-site")
    ours = project.windlass("deploy", "--branch", name).step("provision")
    # A new provider for each turn, as ours begins with the operation, too; but its start is not timed.
    with peer(project, workshop.folder("plain-site")) as other:
        other.write(name)
        return ours, other.create(name).seconds + other.up(name, "--skip-preview").seconds


def _watched(workshop: Workshop, name: str) -> tuple[float, float, float]:
    """Peaks in MB: ours with the local provider, which is a part of it; theirs with and without."""
    project = workshop.project("plain-site")
    ours = project.windlass("deploy", "--branch", name, counted=_of_windlass).peak
    with peer(project, workshop.folder("plain-site")) as other:
        other.write(name)
        other.create(name)
        bare = other.up(name, "--skip-preview", counted=_not_the_cli).peak
        return ours, bare + other.provider.memory_info().rss / 1e6, bare


def _of_windlass(process: psutil.Process) -> bool:
    """The verb's own process and the one that runs the operation; not git, npm, node or the CLI."""
    return process.name().startswith(("windlass", "python"))


def _not_the_cli(process: psutil.Process) -> bool:
    return process.name() != "pulumi"
