"""Where Angular's build writes, by angular.json.

https://angular.dev/tools/cli/build-system-migration: the application builder puts the site into ``browser``.
"""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING, Any

from engine.doctor.configs import configs

if TYPE_CHECKING:
    from engine.doctor.project import App

_TRAILING = re.compile(r",(?=\s*[}\]])")


def angular_output(app: App) -> str | None:
    """The folder with the site; None where angular.json does not tell, or has several applications."""
    for config in configs(app, "angular.json"):
        try:
            projects = json.loads(_TRAILING.sub("", config.text))["projects"].items()
            found = [(name, _build(project)) for name, project in projects if _is_application(project)]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return _folder(*found[0]) if len(found) == 1 else None
    return None


def _is_application(project: Any) -> bool:
    return project.get("projectType", "application") == "application" and bool(_build(project))


def _build(project: Any) -> dict[str, Any]:
    targets = project.get("architect") or project.get("targets") or {}
    build: dict[str, Any] = targets.get("build", {})
    return build


def _folder(name: str, build: dict[str, Any]) -> str | None:
    path = build.get("options", {}).get("outputPath", f"dist/{name}")
    browser = "browser"
    if isinstance(path, dict):
        path, browser = path.get("base", ""), path.get("browser", "browser")
    builder = build.get("builder", "")
    if not isinstance(path, str) or builder not in _BUILDERS:
        return None
    return posixpath.normpath(posixpath.join(path, browser if _BUILDERS[builder] else ""))


# Whether the site is in a folder of its own.
_BUILDERS = {
    "@angular/build:application": True,
    "@angular-devkit/build-angular:application": True,
    "@angular-devkit/build-angular:browser-esbuild": False,
    "@angular-devkit/build-angular:browser": False,
}
