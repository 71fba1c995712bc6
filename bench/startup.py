"""4. The verbs that must feel instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.process import run
from bench.project import BIN

if TYPE_CHECKING:
    from bench.workshop import Workshop


def measure(workshop: Workshop) -> list[Figure]:
    """``--help``, and ``check`` on notes-web; twice as many runs, since they are short."""
    project = workshop.project("notes-web")

    def seconds(*arguments: str) -> tuple[float, ...]:
        line = [str(BIN / "windlass"), *arguments]
        return tuple(run(line, project.folder, project.environment).seconds for _ in range(2 * workshop.runs))

    return [
        Figure("windlass --help", seconds("--help"), goal=0.15),
        Figure("windlass check", seconds("check"), goal=0.3),
    ]
