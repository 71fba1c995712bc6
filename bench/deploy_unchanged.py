"""1. A deployment with nothing changed, against ``pulumi up`` of the same stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.peer import peer

if TYPE_CHECKING:
    from bench.workshop import Workshop

_STACK = "unchanged"


def measure(workshop: Workshop) -> list[Figure]:
    """Both look at everything and change nothing. ``--skip-preview`` is the least that Pulumi can do."""
    project = workshop.project("notes-web")
    ours, theirs, least = [], [], []
    with peer(project, workshop.folder("notes-web")) as other:
        other.write(_STACK)
        other.create(_STACK)
        other.up(_STACK)
        project.windlass("deploy")
        for _ in range(workshop.runs):
            done = project.windlass("deploy")
            assert done.result["unchanged"], "there was something to deploy"
            ours.append(done.seconds)
            theirs.append(other.up(_STACK).seconds)
            least.append(other.up(_STACK, "--skip-preview").seconds)
    return [
        Figure("deploy, nothing changed", tuple(ours), "s", "pulumi up --yes", tuple(theirs), 0.2, "ratio"),
        Figure("the same", tuple(ours), "s", "pulumi up --yes --skip-preview", tuple(least)),
    ]
