"""A ``baseDirectory`` that the framework does not write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.configs import exports
from engine.doctor.edit import Edit
from engine.doctor.outputs import output_of
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project
    from engine.errors import Where

_KEY = "frontend.artifacts.baseDirectory"


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        base = app.spec.frontend.artifacts.base_directory
        if base is not None and (output := output_of(app)) and not _is_right(app, base, output.folder):
            said = (
                f"`baseDirectory: {base or '/'}` is not what {output.tool} writes: that is `{output.folder}`"
            )
            where, fix = app.where(_KEY), f"Write `baseDirectory: {output.folder}`."
            yield Finding(said, where, fix, edit=_edit(project, where, base, output.folder))


def _is_right(app: App, base: str, folder: str) -> bool:
    if base == folder or base.startswith((f"{folder}/", ".amplify-hosting")):
        return True
    if folder == ".output/public" and base == "dist":  # Nuxt makes a link of that name
        return True
    if base.startswith((".next", ".output")) and not exports(app):  # server-needed tells
        return True
    return (app.project.folder / app.working / base / "index.html").is_file()


def _edit(project: Project, where: Where, base: str, folder: str) -> Edit | None:
    if where.line is None or not base:
        return None
    key = "baseDirectory: "
    return Edit(project.folder / where.file, where.line, f"{key}{base}", f"{key}{folder}")


RULE = Rule(
    name="output-folder",
    severity="warning",
    what="`baseDirectory` names a folder that the framework does not write.",
    why="The build goes well, and then there is nothing to publish.",
    fix="Name the folder that the build writes.",
    look=_look,
    source="https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html",
)
