"""13. The life of an app with a backend: users, tables, files, a function, REST and GraphQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figure import Figure

if TYPE_CHECKING:
    from bench.project import Project, Run
    from bench.workshop import Workshop

_FUNCTION = "functions/notes/app.py"


def measure(workshop: Workshop) -> list[Figure]:
    """examples/notes: from nothing, with nothing changed, with one function changed, and its end."""
    project = workshop.project("notes")
    samples = [_lived(project, number) for number in range(workshop.runs)]
    names = (
        "a backend from nothing: step `provision`",
        "deploy with a backend, nothing changed",
        "deploy with one function changed",
        "destroy with a backend",
    )
    columns = list(zip(*samples, strict=True))
    return [Figure(name, tuple(column)) for name, column in zip(names, columns, strict=True)]


def _lived(project: Project, number: int) -> tuple[float, float, float, float]:
    project.windlass("destroy", "--env", "prod")
    project.run("windlass", "local", "reset")
    made = project.windlass("deploy")
    again = project.windlass("deploy")
    assert again.result["unchanged"], "there was something to do"
    source = project.folder / _FUNCTION
    source.write_text(f"{source.read_text().rstrip()}\n# {number}\n")
    project.commit(f"function {number}")
    changed = project.windlass("deploy")
    assert _touched(changed) == {"functions-notes-api"}, "more than the function was touched"
    gone = project.windlass("destroy", "--env", "prod")
    return made.step("provision"), again.seconds, changed.seconds, gone.seconds


def _touched(run: Run) -> set[str]:
    events = (event for event in run.events if event["event"] == "resource-changed")
    return {event["name"] for event in events if event["status"] == "done"}
