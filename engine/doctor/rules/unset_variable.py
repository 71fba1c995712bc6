"""A variable that the code or the commands read and nothing sets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule
from engine.doctor.variables import assigned, is_set, lacking
from engine.spec.public import public_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project
    from engine.doctor.sources import Read, Source

_ASIDE = re.compile(
    r"(^|/)(tests?|__tests__|__mocks__|e2e|cypress|playwright|scripts|stories|\.storybook)/"
    r"|\.(test|spec|stories|config|cy)\.\w+$"
)
_IN_SHELL = re.compile(r"(?<!\\)\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        yield from _in_code(project, app)
        yield from _in_commands(app)


def _in_code(project: Project, app: App) -> Iterator[Finding]:
    reads: dict[str, list[tuple[Source, Read]]] = {}
    for source in app.sources:
        if not _ASIDE.search(source.file):
            for read in source.reads:
                if read.way == "$env" or public_prefix(read.name):
                    reads.setdefault(read.name, []).append((source, read))
    for name, found in reads.items():
        if any(read.optional for _, read in found):
            continue
        source, read = found[0]
        if not is_set(app, name):
            yield Finding(_said(app, name, len(found)), project.where_in(source, read.offset), _fix(name))
        elif places := lacking(app, name):
            said = f"nothing sets `{name}` for {', '.join(places)}, as others do"
            yield Finding(said, project.where_in(source, read.offset), _fix(name))


def _said(app: App, name: str, times: int) -> str:
    more = f" (read in {times} places)" if times > 1 else ""
    hidden = next((e for e in app.dotenv if e.name == name and app.project.is_ignored(e.file)), None)
    if hidden:
        return f"only {hidden.file} sets `{name}`, and git ignores it: other machines build without{more}"
    return f"nothing sets `{name}`: the build puts `undefined` in its place{more}"


def _in_commands(app: App) -> Iterator[Finding]:
    known = set(assigned(app))
    for step, where in dict.fromkeys((call.step, call.where) for call in app.calls):
        for name in _read(step.command):
            if name not in known and not is_set(app, name):
                known.add(name)
                yield Finding(f"the commands read `${name}`, and nothing sets it", where, _fix(name))


def _read(command: str) -> Iterator[str]:
    """What the shell would read: not within single quotes, not escaped, and without a default."""
    for found in _IN_SHELL.finditer(re.sub(r"'[^']*'", "", command)):
        yield found[1] or found[2]


def _fix(name: str) -> str:
    return f"Write `{name}: ...` under `env:` -> `variables:`, or say `--var {name}=...`."


RULE = Rule(
    name="unset-variable",
    severity="warning",
    what="The code reads a variable of the build (`import.meta.env.VITE_X`, `process.env.NEXT_PUBLIC_X`, "
    "`$env/static/public`), or a command reads `$X`, and nothing sets it.",
    why="The build goes well and puts `undefined` into the app: requests go to `undefined/api`. In Amplify "
    "such variables are in its console and do not come with the repository. What has a default in the code "
    "(`??`, `||`) is left alone.",
    fix="Write it under `env:` -> `variables:`, or into a .env file that is committed.",
    look=_look,
    source="https://vite.dev/guide/env-and-mode",
)
