"""An app that does not say which Node it is for."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from engine.doctor.edit import Edit
from engine.doctor.node import host_version, said_in
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        if app.package and app.package.needs and not _is_bun(app) and not said_in(app):
            version = host_version(project.host)
            major = version.split(".")[0]
            has = f" (here: {version})" if version else ""
            said = f"nothing says which Node: each build takes the one of its machine{has}"
            edit = (
                Edit(project.folder / posixpath.join(app.working, ".nvmrc"), None, "", f"{major}\n")
                if major
                else None
            )
            fix = f"Write `{major or 22}` to .nvmrc, or `engines.node` to package.json."
            yield Finding(said, app.package.where(), fix, edit=edit)


def _is_bun(app: App) -> bool:
    """Whether Bun, and so no Node, runs the build."""
    called = {call.words[0] for call in app.calls} & {"npm", "npx", "node", "yarn", "pnpm", "bun"}
    return called == {"bun"}


RULE = Rule(
    name="node-unpinned",
    severity="warning",
    what="Nothing says which version of Node the app is built with.",
    why="A laptop, CI and a colleague build with different ones. Amplify's image has one of its own, which "
    "changes.",
    fix="Write the version to .nvmrc. `--fix` writes the one of this machine.",
    look=_look,
    source="https://docs.aws.amazon.com/amplify/latest/userguide/custom-build-image.html",
)
