"""Two files whose names differ in case only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    for paths in project.listing.folded.values():
        if len(paths) > 1 and all(map(project.is_tracked, paths)):
            first, second = sorted(paths)[:2]
            yield Finding(f"{first} and {second} differ in case only", project.where(second), RULE.fix)


RULE = Rule(
    name="file-case",
    severity="warning",
    what="git has two files whose names differ in case only.",
    why="On macOS and Windows only one of them can be there, so what is built on a laptop is not what is "
    "built in CI. A rename that changed the case only often leaves both.",
    fix="Remove one of them with `git rm --cached`, or give it another name.",
    look=_look,
)
