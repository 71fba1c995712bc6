"""An install that demands a lockfile where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.managers import INSTALL, LOCKFILES, is_frozen
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        for call in app.calls:
            if not call.alone or call.folder is None or not is_frozen(call.words):
                continue
            if project.package(call.folder) is None:  # another folder is meant: missing-script tells
                continue
            found = project.lockfiles(call.folder)
            managers = [LOCKFILES[path.rpartition("/")[2]] for path in found]
            if call.words[0] not in managers:
                called = " ".join(call.words)
                fix = f"Write `{INSTALL[managers[0]]}`: {found[0]} is there." if managers else RULE.fix
                yield Finding(f"`{called}` fails: there is no lockfile of {call.words[0]}", call.where, fix)


RULE = Rule(
    name="frozen-install",
    severity="error",
    what="`npm ci` or `pnpm install --frozen-lockfile` runs where there is no lockfile of that manager.",
    why="Both refuse to run without one, so the build ends there.",
    fix="Run the plain `install` once on your machine and commit the lockfile.",
    look=_look,
    source="https://docs.npmjs.com/cli/commands/npm-ci",
)
