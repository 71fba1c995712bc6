"""Installed packages in git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    found = [path for path in project.listing.tracked or () if f"/{path}".find("/node_modules/") >= 0]
    if found:
        first = min(found)
        said = f"git keeps {len(found)} file{'s' * (len(found) != 1)} in node_modules"
        yield Finding(said, project.where(first), RULE.fix)


RULE = Rule(
    name="modules-committed",
    severity="warning",
    what="node_modules is committed.",
    why="It holds programs for the machine that installed it, hides what the lockfile says, and makes every "
    "checkout slow.",
    fix="Add `node_modules/` to .gitignore and run `git rm -r --cached node_modules`.",
    look=_look,
)
