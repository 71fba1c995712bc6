"""An ``appRoot`` or ``buildPath`` that is no folder of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    for spec in project.specs:
        for key, path in (("appRoot", spec.app_root), ("frontend.buildPath", spec.frontend.build_path)):
            if path and not (project.folder / path).is_dir():
                where = project.where(spec.file, spec.lines.get(key))
                yield Finding(f"`{key}` names `{path}`, which is no folder", where, _fix(project, path))


def _fix(project: Project, path: str) -> str:
    first, *rest = path.split("/")
    other = next((p.name for p in project.folder.iterdir() if p.name.lower() == first.lower()), "")
    if other and other != first:
        return f"The folder is called `{other}`: write `{'/'.join((other, *rest))}`."
    return "Name a folder, counted from the one of amplify.yml."


RULE = Rule(
    name="app-folder-missing",
    severity="error",
    what="`appRoot` or `buildPath` names a folder that is not there.",
    why="The commands run in that folder, so no build can begin. On Linux, `Web` and `web` are two folders.",
    fix="Name the folder as it is on the disk, counted from the folder of amplify.yml.",
    look=_look,
    source="https://docs.aws.amazon.com/amplify/latest/userguide/monorepo-configuration.html",
)
