"""A script that package.json does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.managers import script_of
from engine.doctor.rule import Finding, Rule
from engine.spec import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.calls import Call
    from engine.doctor.project import Project


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        for call in app.calls:
            if call.alone and call.folder is not None and (name := script_of(call.words)):
                yield from _absent(project, call, call.folder, name)


def _absent(project: Project, call: Call, folder: str, name: str) -> Iterator[Finding]:
    package = project.package(folder)
    if package is None:
        said = (
            f"`{' '.join(call.words)}` needs a package.json, and there is none in {folder or 'this folder'}"
        )
        yield Finding(said, call.where, "Name its folder as `appRoot`, or `cd` into it first.")
    elif package.data and not set(name) & set("$`{*") and name not in package.scripts:
        meant = suggest.closest(name, package.scripts)
        known = ", ".join(package.scripts) or "none"
        hint = f"Did you mean `{meant}`?" if meant else f"Scripts there: {known}."
        yield Finding(
            f"`{' '.join(call.words)}` fails: package.json has no script `{name}`", call.where, hint
        )


RULE = Rule(
    name="missing-script",
    severity="error",
    what="A command runs a script that package.json does not have.",
    why="The package manager stops with an error, and the build with it.",
    fix="Correct the name, or add the script to package.json.",
    look=_look,
    source="https://docs.npmjs.com/cli/commands/npm-run",
)
