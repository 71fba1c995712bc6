"""A package.json that is no JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        if app.package and (fault := app.package.fault):
            message, line = fault
            where = project.where(str(app.package.path.relative_to(project.folder)), line)
            yield Finding(f"package.json cannot be read: {message}", where, RULE.fix)


RULE = Rule(
    name="package-json-broken",
    severity="error",
    what="package.json is no JSON.",
    why="Every package manager stops at it: a comma after the last entry, a comment, or what a merge left.",
    fix="Mend it at this line: no comments, no comma after the last entry, names and texts in double quotes.",
    look=_look,
    source="https://docs.npmjs.com/cli/configuring-npm/package-json",
)
