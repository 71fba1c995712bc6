"""Commands that need packages, and none that installs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.managers import INSTALL, script_of
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.calls import Call
    from engine.doctor.project import App, Project

_HARMLESS = frozenset(
    ("echo", "cd", "ls", "pwd", "env", "export", "nvm", "node", "npm", "npx", "yarn", "pnpm", "bun")
)
_INSTALLS = re.compile(r"\b(?:install|npm ci|yarn)\b")
_SAYS = ("install", "ci", "i", "bootstrap", "add", "setup", "dlx")


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        if app.package and app.package.needs and (call := _needing(app)) and not _may_install(app):
            said = f"`{' '.join(call.words)}` runs, and no command installs the packages of package.json"
            manager = call.words[0] if call.words[0] in INSTALL else "npm"
            fix = f"Write `{INSTALL[manager]}` under `preBuild`; Amplify installs nothing by itself either."
            yield Finding(said, call.where, fix)


def _needing(app: App) -> Call | None:
    calls = (call for call in app.calls if call.folder == app.working and call.step.section == "frontend")
    return next((call for call in calls if script_of(call.words) or call.words[0] == "npx"), None)


def _may_install(app: App) -> bool:
    """Whether any command installs, or is one of which nobody knows."""
    for call in app.calls:
        bare_yarn = call.words == ("yarn",)
        if bare_yarn or call.words[0] not in _HARMLESS or any(word in _SAYS for word in call.words):
            return True
        if _INSTALLS.search(_script(app, call)):
            return True
    return False


def _script(app: App, call: Call) -> str:
    return app.package.scripts.get(script_of(call.words), "") if app.package else ""


RULE = Rule(
    name="nothing-installed",
    severity="warning",
    what="The commands run scripts of package.json, and none installs its packages.",
    why="A build begins in a fresh checkout without node_modules: the first program that it calls is not "
    "found.",
    fix="Install under `preBuild`.",
    look=_look,
)
