"""12. A second deploy with nothing changed, against the first, which builds."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bench.figure import Figure

if TYPE_CHECKING:
    from bench.workshop import Workshop

_MADE = ("node_modules", "dist", ".npm")


def measure(workshop: Workshop) -> list[Figure]:
    """notes-web, provisioned: `npm ci` and Vite with the build cache at hand, then the same again."""
    project = workshop.project("notes-web")
    first, second, built = [], [], []
    for _ in range(workshop.runs):
        for name in _MADE:
            shutil.rmtree(project.folder / name, ignore_errors=True)
        done = project.windlass("deploy", "--rebuild")
        first.append(done.seconds)
        built.append(done.step("build"))
        again = project.windlass("deploy")
        assert again.result["unchanged"], "there was something to build"
        second.append(again.seconds)
    instead = "the first, which builds"
    return [
        Figure("deploy, the build of a moment ago", tuple(second), instead=instead, theirs=tuple(first)),
        Figure("the step `build` of the first", tuple(built)),
    ]
