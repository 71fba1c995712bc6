"""Versions of Node that contradict one another."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from engine.doctor.node import fitting, host_version, said_in
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.node import Said
    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    today = datetime.datetime.now(datetime.UTC).date()
    for app in project.apps:
        if said := said_in(app):
            yield from _contradictions(*said, today=today)
            if not project.host.get("CI"):  # where nobody works, nobody works with another Node
                yield from _host(host_version(project.host), said[0], fitting(today, said[0].text))


def _contradictions(wins: Said, *others: Said, today: datetime.date) -> Iterator[Finding]:
    for other in others:
        if fitting(today, wins.text) and not fitting(today, wins.text, other.text):
            said = f"{other.source} says Node {other.text}, and {wins.source} says {wins.text}, which wins"
            yield Finding(said, other.where, f"Let both say the same; builds take {wins.text}.")


def _host(version: str, wins: Said, wanted: tuple[str, ...]) -> Iterator[Finding]:
    majors = {other.split(".")[0] for other in wanted}
    if version and majors and version.split(".")[0] not in majors:
        said = f"this machine has Node {version}, and builds take {wins.text} ({wins.source})"
        fix = f"Develop with the same: `nvm install {wins.text}`, or change {wins.source}."
        yield Finding(said, wins.where, fix)


RULE = Rule(
    name="node-drift",
    severity="warning",
    what=".nvmrc, .node-version, volta, `engines`, `nvm use` and this machine ask for versions of Node that "
    "no one version is.",
    why="Whoever runs the app elsewhere runs it with another Node than the one it is built with; what works "
    "for one fails for the other.",
    fix="Say it in one place, best in .nvmrc, and let `engines` be a range that holds it.",
    look=_look,
)
