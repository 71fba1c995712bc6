"""A variable that the code in the browser reads and the framework keeps from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule
from engine.spec.public import public_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.detection.model import Framework
    from engine.doctor.project import App, Project

_BUILT_IN = {
    "import.meta": frozenset(("MODE", "BASE_URL", "PROD", "DEV", "SSR", "LEGACY", "VITEST")),
    "process": frozenset(("NODE_ENV", "PUBLIC_URL")),
}
# How the code of a framework reads variables.
_WAYS = {"vite": "import.meta", "create-react-app": "process"}
_ASIDE = re.compile(
    r"\.(test|spec|stories|config|cy)\.\w+$|(^|/)(__tests__|tests?|e2e|server|api|functions|scripts|amplify)/"
)


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        if app.framework and app.framework.id in _WAYS:
            yield from _kept(project, app, app.framework)


def _kept(project: Project, app: App, framework: Framework) -> Iterator[Finding]:
    text, way, prefix = app.configuration, _WAYS[framework.id], framework.public_prefixes[0]
    if "envPrefix" in text or "EnvironmentPlugin" in text:
        return
    told = set()
    for source in app.sources:
        if "src/" not in source.file or _ASIDE.search(source.file):
            continue
        for read in source.reads:
            known = read.name.startswith(prefix) or read.name in _BUILT_IN[way] or read.name in text
            if read.way == way and not known and read.name not in told:
                told.add(read.name)
                why = f"{framework.name} gives the app only `{prefix}...`"
                said = f"`{way}.env.{read.name}` is always undefined: {why}"
                fix = f"Call it `{prefix}{_bare(read.name)}`, here and where it is set."
                yield Finding(said, project.where_in(source, read.offset), fix)


def _bare(name: str) -> str:
    return name.removeprefix(public_prefix(name))


RULE = Rule(
    name="unexposed-variable",
    severity="warning",
    what="The code reads a variable without the prefix by which the framework lets it through.",
    why="Vite and Create React App give the browser only what begins with `VITE_` or `REACT_APP_`; anything "
    "else is `undefined` there, however it is set. It often stays behind when an app moves from one to the "
    "other.",
    fix="Give the variable the prefix, unless it is a secret: what has it is public.",
    look=_look,
    source="https://vite.dev/guide/env-and-mode#env-variables",
)
