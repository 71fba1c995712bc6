"""The app's own folder as what is published, sources and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bundle import deploy_manifest
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project

_EVERYTHING = frozenset(("**/*", "**", "*"))
_KEY = "frontend.artifacts.baseDirectory"


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        artifacts = app.spec.frontend.artifacts
        if artifacts.base_directory == "" and _EVERYTHING & set(artifacts.files) and (seen := _seen(app)):
            excluded = [glob for glob in artifacts.files if glob.startswith("!")]
            if not excluded:
                said = f"the app's own folder is published, with {seen}"
                yield Finding(said, app.where(_KEY), RULE.fix)


def _seen(app: App) -> str:
    """What of the folder nobody would want to be public."""
    folder = app.project.folder / app.working
    if (folder / deploy_manifest.NAME).is_file():  # a bundle that somebody laid out by hand
        return ""
    names = [entry.file.rpartition("/")[2] for entry in app.dotenv[:1]]
    names += ["package.json and node_modules"] if app.package and app.package.needs else []
    names += [name for name in ("amplify", "Dockerfile", "requirements.txt") if (folder / name).exists()]
    return ", ".join(names)


RULE = Rule(
    name="publishes-sources",
    severity="warning",
    what="`baseDirectory` is the app's own folder, with all its files.",
    why="Sources, .env files and node_modules become public, and every deployment uploads them.",
    fix="Build into a folder of its own and name it, or list what is the site under `files:`.",
    look=_look,
)
