"""A variable that the code in the browser reads and the framework keeps from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project

_BUILT_IN = {
    "import.meta": frozenset(("MODE", "BASE_URL", "PROD", "DEV", "SSR", "LEGACY", "VITEST")),
    "process": frozenset(("NODE_ENV", "PUBLIC_URL")),
}
# A package that makes the framework certain, how its code reads variables, and which of them it gets.
_TOOLS = (("vite", "import.meta", "VITE_"), ("react-scripts", "process", "REACT_APP_"))
# What stands on Vite and has prefixes, or a server, of its own.
_OTHERS = frozenset(
    (
        "astro",
        "nuxt",
        "@sveltejs/kit",
        "@remix-run/dev",
        "@react-router/dev",
        "vike",
        "vitepress",
        "@analogjs/platform",
        "@solidjs/start",
        "@builder.io/qwik-city",
        "@tanstack/react-start",
        "@redwoodjs/vite",
        "waku",
    )
)
_ASIDE = re.compile(
    r"\.(test|spec|stories|config|cy)\.\w+$|(^|/)(__tests__|tests?|e2e|server|api|functions|scripts|amplify)/"
)


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        needs = app.package.needs if app.package else {}
        tool = next((tool for tool in _TOOLS if tool[0] in needs), None)
        if tool and not _OTHERS & needs.keys():
            yield from _kept(project, app, *tool)


def _kept(project: Project, app: App, tool: str, way: str, prefix: str) -> Iterator[Finding]:
    text = app.configuration
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
                said = f"`{way}.env.{read.name}` is always undefined: {tool} gives the app only `{prefix}...`"
                fix = f"Call it `{prefix}{_bare(read.name)}`, here and where it is set."
                yield Finding(said, project.where_in(source, read.offset), fix)


def _bare(name: str) -> str:
    return re.sub(r"^(?:VITE|NEXT_PUBLIC|REACT_APP|VUE_APP|PUBLIC|GATSBY|EXPO_PUBLIC)_", "", name)


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
