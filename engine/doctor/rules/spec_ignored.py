"""A spec that is on this machine only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule
from engine.spec.files import HEADERS_NAMES, SPEC_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    for name in (*SPEC_NAMES, *HEADERS_NAMES):
        if project.is_ignored(name):
            yield Finding(f"git ignores {name}: no other machine has it", project.where(name), RULE.fix)


RULE = Rule(
    name="spec-ignored",
    severity="warning",
    what="git ignores amplify.yml or customHttp.yml.",
    why="CI and your colleagues deploy without it, or not at all.",
    fix="Take the line out of .gitignore (`git check-ignore -v amplify.yml` names it) and commit the file.",
    look=_look,
)
