"""A lockfile that is on this machine only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.edit import Edit
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        for path in app.lockfiles:
            if project.is_ignored(path):
                edit = _edit(project, path.rpartition("/")[2])
                place = project.where(".gitignore", edit.line) if edit else project.where(path)
                said = f"git ignores {path}: no other machine has it"
                yield Finding(said, place, f"Take it out of .gitignore and commit {path}.", edit=edit)


def _edit(project: Project, name: str) -> Edit | None:
    """The line of the project's .gitignore that names nothing but this file."""
    file = project.folder / ".gitignore"
    lines = file.read_text(errors="replace").splitlines() if file.is_file() else []
    at = next((n for n, line in enumerate(lines, 1) if line.strip() in (name, f"/{name}")), None)
    return Edit(file, at, lines[at - 1], "") if at else None


RULE = Rule(
    name="lockfile-ignored",
    severity="warning",
    what="git ignores the lockfile.",
    why="It is here and nowhere else: builds in CI resolve all versions anew, and `npm ci` fails there.",
    fix="Take the line out of .gitignore and commit the lockfile.",
    look=_look,
)
