"""Settings of a framework that need a server, where only files are served."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bundle.servers import SERVERS
from engine.doctor.configs import configs, exports
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project

_HERE = "Write it under `redirects:` and `customHeaders:` of amplify.yml."
_KEY = "frontend.artifacts.baseDirectory"


@dataclass(frozen=True, slots=True)
class _Setting:
    """What matches ``says`` in one of the files ``configs`` of an app that needs ``package`` wants "
    "a server."""

    package: str
    configs: tuple[str, ...]
    says: str
    message: str
    fix: str


_SETTINGS = (
    _Setting(
        "astro",
        ("astro.config.*",),
        r"output\s*:\s*[\"'`](?:server|hybrid)",
        "Astro renders on a server by `output`",
        "Remove `output` and the adapter: pages are then written as files.",
    ),
    _Setting(
        "@sveltejs/kit",
        ("svelte.config.*", "vite.config.*"),
        r"@sveltejs/adapter-(?:node|auto|vercel|netlify|cloudflare\S*)|amplify-adapter",
        "SvelteKit's adapter writes a server, or nothing",
        "Use @sveltejs/adapter-static and set `baseDirectory: build`.",
    ),
    _Setting(
        "@react-router/dev",
        ("react-router.config.*",),
        r"ssr\s*:\s*true",
        "React Router renders on a server by `ssr`",
        "Set `ssr: false` and `baseDirectory: build/client`.",
    ),
    _Setting(
        "@angular/core",
        ("angular.json",),
        r"\"outputMode\"\s*:\s*\"server\"",
        "Angular renders on a server by `outputMode`",
        'Set `"outputMode": "static"`.',
    ),
)
_OF_NEXT = re.compile(r"\b(?:rewrites|redirects|headers)\s*(?:\(|:)")
_ON_THE_WAY = (
    *("middleware.ts", "middleware.js", "proxy.ts"),
    *("src/middleware.ts", "src/middleware.js", "src/proxy.ts"),
)


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        needs = app.package.needs if app.package else {}
        yield from _server_as_output(app)
        for setting in _SETTINGS:
            yield from _set(app, setting) if setting.package in needs else ()
        if "next" in needs:
            yield from _lost_in_export(project, app) if exports(app) else _never_exported(app)


def _server_as_output(app: App) -> Iterator[Finding]:
    """``baseDirectory: .next``, as Amplify has it for Next.js: what a server needs, and no site."""
    base = app.spec.frontend.artifacts.base_directory
    for server in SERVERS:
        folders = (server.folder, f"{server.folder}/standalone")
        if server.folder[0] == "." and base in folders and not exports(app):
            said = f"`{base}` is a server of {server.framework}; server-side rendering is not supported yet"
            yield Finding(said, app.where(_KEY), _sentence(server.hint), "error")


def _set(app: App, setting: _Setting) -> Iterator[Finding]:
    for config in configs(app, *setting.configs):
        if found := re.search(setting.says, config.text):
            said = f"{setting.message}; only files are served"
            yield Finding(said, config.where(found.start()), setting.fix)


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


def _never_exported(app: App) -> Iterator[Finding]:
    builds = any("next export" in text for text in app.scripts)
    if app.spec.frontend.artifacts.base_directory == "out" and not builds:
        said = "Next.js writes `out` only with `output: 'export'`, which next.config lacks"
        yield Finding(said, app.where(_KEY), "Set `output: 'export'` in next.config.")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


RULE = Rule(
    name="server-needed",
    severity="warning",
    what="A framework is set to render on a server, or the published folder is that of a server.",
    why="Only files are served so far: the deployment would stop after the build, or pages would be missing.",
    fix="Let the framework write a static site.",
    look=_look,
    source="https://docs.aws.amazon.com/amplify/latest/userguide/ssr-amplify-support.html",
)
