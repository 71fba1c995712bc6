"""A single page app whose redirects leave its routes to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project
    from engine.spec.model import Redirect

_ROUTERS = (
    "react-router-dom",
    "react-router",
    "vue-router",
    "@angular/router",
    "wouter",
    "@tanstack/react-router",
    "svelte-spa-router",
    "@solidjs/router",
    "preact-router",
    "page",
)
_PRERENDERS = frozenset(("@angular/ssr", "@nguniversal/express-engine", "react-snap"))  # a page a route


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        rules = app.spec.redirects
        if rules and (router := _router(app)) and not any(map(_catches_all, rules)):
            said = f"`redirects` has no rule for the routes of {router}: an address such as /a/b answers 404"
            yield Finding(said, app.where("redirects"), RULE.fix)


def _router(app: App) -> str:
    needs = app.package.needs if app.package else {}
    found = next((name for name in _ROUTERS if name in needs), "")
    return found if app.framework and app.detection.fallback and not _PRERENDERS & needs.keys() else ""


def _catches_all(rule: Redirect) -> bool:
    wide = rule.source in ("/<*>", "/<*>/") or rule.source.startswith("</")
    return wide and rule.status in ("200", "404-200", "404")


RULE = Rule(
    name="spa-fallback",
    severity="warning",
    what="A single page app has `redirects:`, and none of them is for its own routes.",
    why="Without any redirects, index.html answers for what no file does; with some, only they count. A "
    "visitor who opens or reloads a page of the app gets a 404.",
    fix="Add `- {source: /<*>, target: /index.html, status: 404-200}` at the end.",
    look=_look,
    source="https://docs.aws.amazon.com/amplify/latest/userguide/redirect-rewrite-examples.html",
)
