"""A framework that is set to render on a server, where only files are served."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from engine.detection.config import read_config
from engine.detection.literals import COMPUTED
from engine.detection.model import InConfig, InScript
from engine.doctor.configs import configs, exports
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.detection.model import Framework
    from engine.doctor.project import App, Project

_KEY = "frontend.artifacts.baseDirectory"
_HERE = "Write it under `redirects:` and `customHeaders:` of amplify.yml."
_OF_A_SERVER = frozenset((".next", ".next/standalone", ".output", ".output/server"))  # never a site
_OF_NEXT = re.compile(r"\b(?:rewrites|redirects|headers)\s*(?:\(|:)")
_ON_THE_WAY = (
    *("middleware.ts", "middleware.js", "proxy.ts"),
    *("src/middleware.ts", "src/middleware.js", "src/proxy.ts"),
)


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        framework = app.framework
        if framework and app.detection.rendering == "server" and not _may_be_static(app, framework):
            yield _finding(app, framework)
        if framework and framework.id == "next" and exports(app):
            yield from _lost_in_export(project, app)


def _finding(app: App, framework: Framework) -> Finding:
    why = next((found.why for found in app.detection.evidence if found.noun == "rendering"), "")
    said = f"{framework.name} renders on a server here ({why}), which is not supported yet"
    certain = app.spec.frontend.artifacts.base_directory in _OF_A_SERVER
    fix = f"For a static site, {framework.hint}."
    return Finding(said, app.where(_KEY), fix, "error" if certain else None)


def _may_be_static(app: App, framework: Framework) -> bool:
    """Whether the commands make a static site of it, or a setting that decides is computed."""
    words = [sign.words for sign in framework.static if isinstance(sign, InScript) and sign.words]
    if any(word in text for word in words for text in app.scripts):
        return True
    if any("prerender" in config.text for config in configs(app, *framework.config)):
        return True
    keys = [sign.key for sign in (*framework.static, *framework.server) if isinstance(sign, InConfig)]
    config = read_config(app.project.folder / app.working, framework.config)
    computed = any(setting.value == COMPUTED for key in keys[:1] for setting in config.find(key))
    return computed or (framework.id == "next" and exports(app))


def _lost_in_export(project: Project, app: App) -> Iterator[Finding]:
    """What a static export leaves out without a word, or with a warning that nobody reads."""
    for config in configs(app, "next.config.*"):
        if found := _OF_NEXT.search(config.text):
            said = "a static export of Next.js has no rewrites, redirects or headers of its own"
            yield Finding(said, config.where(found.start()), _HERE)
    for name in _ON_THE_WAY:
        path = posixpath.join(app.working, name)
        if path in project.listing.files:
            said = f"{path} runs for every request, and a static export has no server that does it"
            yield Finding(said, project.where(path), _HERE)


RULE = Rule(
    name="server-needed",
    severity="warning",
    what="A framework is set to render on a server, or a static export leaves out what only a server can do.",
    why="Only files are served so far: the deployment would stop after the build, or pages would be missing.",
    fix="Let the framework write a static site.",
    look=_look,
    source="https://docs.aws.amazon.com/amplify/latest/userguide/ssr-amplify-support.html",
)
