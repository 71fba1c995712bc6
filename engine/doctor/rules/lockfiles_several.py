"""Lockfiles of several package managers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.managers import LOCKFILES
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        managers = {LOCKFILES[path.rpartition("/")[2]]: path for path in app.lockfiles}
        if len(managers) > 1:
            kept = _kept(app, managers)
            others = [path for manager, path in managers.items() if manager != kept]
            names = " and ".join(path.rpartition("/")[2] for path in managers.values())
            said = f"{names} lie side by side; builds go by {managers[kept].rpartition('/')[2]}"
            fix = f"Remove {' and '.join(others)} if {kept} is right; let everybody use one package manager."
            yield Finding(said, project.where(others[0]), fix)


def _kept(app: App, managers: dict[str, str]) -> str:
    """The manager that is asked for, that the commands call, or that Windlass takes first."""
    pinned = str(app.package.data.get("packageManager", "")).partition("@")[0] if app.package else ""
    called = (call.words[0] for call in app.calls)
    return next((name for name in (pinned, *called) if name in managers), next(iter(managers)))


RULE = Rule(
    name="lockfiles-several",
    severity="warning",
    what="One folder has the lockfiles of several package managers.",
    why="Only one of them is kept up to date; which one a build, a bot or a colleague takes is chance, and "
    "with it the versions that are installed.",
    fix="Keep the one of the manager that you use, remove the others, and set `packageManager`.",
    look=_look,
)
