"""13. A command that prints 100 MB: the memory of the engine, and what hearing it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.process import run
from bench.project import project

if TYPE_CHECKING:
    import psutil

    from bench.workshop import Workshop

_LOG = 100_000_000  # bytes
_MEMORY = 150  # MB
_PRINT = f"yes 'a line of a log, as long as such lines often are: 80 columns or so.' | head -c {_LOG}"
_SPEC = f"""version: 1
app: plain-site
frontend:
  phases: {{build: {{commands: ["{_PRINT}"]}}}}
  artifacts: {{baseDirectory: public}}
"""


def measure(workshop: Workshop) -> list[Figure]:
    """`windlass build`, whose log goes nowhere but to its own output, against bash and a file."""
    ours, peaks, theirs = [], [], []
    with project("plain-site", workshop.scratch / "log") as made:
        (made.folder / "amplify.yml").write_text(_SPEC)
        made.commit("print a lot")
        for _ in range(workshop.runs):
            done = made.windlass("build", counted=_is_the_engine)
            ours.append(done.step("build"))
            peaks.append(done.peak)
            line = ["bash", "-c", f"{_PRINT} > log.txt"]
            theirs.append(run(line, made.folder, made.environment).seconds)
    return [
        Figure(
            "the build step that prints 100 MB", tuple(ours), instead="bash, to a file", theirs=tuple(theirs)
        ),
        Figure("memory of it", tuple(peaks), "MB", goal=_MEMORY),
    ]


def _is_the_engine(process: psutil.Process) -> bool:
    return process.name().startswith("windlass")
