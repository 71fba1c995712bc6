"""Commands of one package manager, and the lockfile of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.managers import INSTALL, LOCKFILES, installs, is_frozen
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        yield from _in_commands(project, app)
        yield from _in_package(app)


def _in_commands(project: Project, app: App) -> Iterator[Finding]:
    for call in app.calls:
        if call.folder is None or not installs(call.words) or is_frozen(call.words):
            continue
        found = project.lockfiles(call.folder)
        managers = [LOCKFILES[path.rpartition("/")[2]] for path in found]
        if managers and call.words[0] not in managers:
            said = f"`{call.words[0]}` installs here, and {found[0]} is of {managers[0]}: nothing reads it"
            yield Finding(
                said, call.where, f"Write `{INSTALL[managers[0]]}`, or keep {call.words[0]}'s lockfile."
            )


def _in_package(app: App) -> Iterator[Finding]:
    wanted = str(app.package.data.get("packageManager", "")).partition("@")[0] if app.package else ""
    managers = {LOCKFILES[path.rpartition("/")[2]] for path in app.lockfiles}
    if app.package and wanted in INSTALL and managers and wanted not in managers:
        said = f"`packageManager` says {wanted}, and the lockfile is {app.lockfiles[0]}"
        fix = f"Let `packageManager` name {min(managers)}, or install with {wanted} and commit its lockfile."
        yield Finding(said, app.package.where("packageManager"), fix)


RULE = Rule(
    name="manager-mismatch",
    severity="warning",
    what="The commands, or `packageManager`, use another package manager than the one that wrote the "
    "lockfile.",
    why="The versions in the lockfile are then not those that are installed.",
    fix="Install with the manager of the lockfile.",
    look=_look,
)
