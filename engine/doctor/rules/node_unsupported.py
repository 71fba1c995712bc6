"""A Node that an installed or locked framework does not run on."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

from engine.build.toolchain.frameworks import framework_packages
from engine.build.toolchain.requirement import Requirement, requirement
from engine.doctor.node import fitting, said_in
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project


def _look(project: Project) -> Iterator[Finding]:
    today = datetime.datetime.now(datetime.UTC).date()
    for app in project.apps:
        said = said_in(app)
        versions = fitting(today, said[0].text) if said else ()
        for need in _needs(project, app) if versions else ():
            if not any(need.met_by(version) for version in versions):
                message = (
                    f"{need.package} needs Node {need.engines}, and {said[0].source} says {said[0].text}"
                )
                yield Finding(message, said[0].where, f"{need.hint[0].upper()}{need.hint[1:]}.")


def _needs(project: Project, app: App) -> Iterator[Requirement]:
    names = [name for name in framework_packages() if app.package and name in app.package.needs]
    locked = _locked(project, app) if names else {}
    for name in names:
        entry = locked.get(f"{app.working}/node_modules/{name}".lstrip("/")) or locked.get(
            f"node_modules/{name}"
        )
        engines = entry.get("engines", {}).get("node") if isinstance(entry, dict) else None
        if isinstance(engines, str):
            yield Requirement(f"{name} {entry.get('version', '')}".strip(), engines)  # type: ignore[union-attr]
        elif entry is None:
            places = (project.folder / folder / "node_modules" / name for folder in app.folders)
            yield from (need for place in places if (need := requirement(place)))


def _locked(project: Project, app: App) -> dict[str, Any]:
    """The packages that npm's lockfile has, by their folder."""
    path = next((path for path in app.lockfiles if path.endswith("package-lock.json")), None)
    try:
        found = json.loads((project.folder / path).read_bytes())["packages"] if path else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


RULE = Rule(
    name="node-unsupported",
    severity="warning",
    what="The app asks for a Node that its framework, in the version that is locked or installed, does not "
    "run on.",
    why="Most install all the same, with a warning at most, and then fail in the build with some TypeError.",
    fix="Ask for a Node that the framework supports.",
    look=_look,
)
