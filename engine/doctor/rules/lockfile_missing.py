"""An app with dependencies and no lockfile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project

_WRITES = {"npm": "package-lock.json", "pnpm": "pnpm-lock.yaml", "yarn": "yarn.lock", "bun": "bun.lock"}


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        if app.package and app.package.needs and not app.lockfiles:
            manager = _manager(app)
            fix = f"Run `{manager} install` and commit {_WRITES[manager]}."
            number = len(app.package.needs)
            said = f"no lockfile: each build may get other versions of {number} package{'s' * (number != 1)}"
            yield Finding(said, app.package.where(), fix)


def _manager(app: App) -> str:
    return next((call.words[0] for call in app.calls if call.words[0] in _WRITES), "npm")


RULE = Rule(
    name="lockfile-missing",
    severity="warning",
    what="The app has dependencies, and neither its folder nor one above it has a lockfile.",
    why="Every build resolves the ranges anew: what worked yesterday breaks today without a change of "
    "yours, a preview is not what goes live, and the cache of the build has nothing to go by.",
    fix="Install once on your machine and commit the lockfile.",
    look=_look,
    source="https://docs.npmjs.com/cli/configuring-npm/package-lock-json",
)
