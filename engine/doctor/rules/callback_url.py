"""Addresses to return to after signing in that do not fit the environment."""

from __future__ import annotations

import json
import posixpath
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from engine.doctor.environments import origin_of
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.environments import Place
    from engine.doctor.project import App, Project
    from engine.errors import Where

_NAMED = re.compile(
    r"(?:CALLBACK|REDIRECT|LOGOUT|SIGN_?(?:IN|OUT))\w*(?:URL|URI)S?$|REDIRECT_SIGN_?(?:IN|OUT)$",
    re.IGNORECASE,
)
_OUTPUTS = ("amplify_outputs.json", "src/amplify_outputs.json")
_LOCAL = ("localhost", "127.0.0.1")
_KEYS = ("redirect_sign_in_uri", "redirect_sign_out_uri")


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        domains = {e.domain.name: e.name for place in app.places if (e := place.environment).domain}
        for place in app.places:
            for name, variable in place.variables.items():
                if _NAMED.search(name):
                    urls, where = variable.value.split(","), origin_of(variable)
                    yield from _judged(f"`{name}`", urls, where)
                    yield from _of_another(place, name, urls, domains, where)
        yield from _in_outputs(project, app)


def _of_another(
    place: Place, name: str, urls: list[str], domains: dict[str, str], where: Where
) -> Iterator[Finding]:
    """In a place that has a domain, nothing but the domain of another; previews: production-value."""
    own = place.environment.domain.name if place.environment.domain else ""
    hosts = [part.hostname or "" for part in _split(urls)]
    others = [host for host in hosts if host in domains and host != own]
    if own and others and own not in hosts:
        said = f"`{name}` of {place.title} leads to {others[0]}, the domain of {domains[others[0]]}"
        yield Finding(said, where, f"Write `https://{own}/` for {place.title}.")


def _in_outputs(project: Project, app: App) -> Iterator[Finding]:
    for name in _OUTPUTS:
        file = posixpath.join(app.working, name)
        oauth = _oauth(project, file)
        for key in _KEYS:
            urls = oauth.get(key)
            if isinstance(urls, list):
                texts = [url for url in urls if isinstance(url, str)]
                yield from _judged(f"`{key}`", texts, project.where(file, _line(project, file, key)))
                yield from _without_domains(app, key, texts, project.where(file, _line(project, file, key)))


def _judged(name: str, urls: list[str], where: Where) -> Iterator[Finding]:
    parts = _split(urls)
    local = [part for part in parts if part.hostname in _LOCAL]
    if parts and len(local) == len(parts):
        said = f"{name} leads to {local[0].netloc} only: after signing in, nobody comes back to the app"
        yield Finding(
            said, where, "Write the address of the environment, such as `https://notes.example.com/`."
        )
    for part in parts:
        if part.scheme == "http" and part not in local:
            said = f"{name} has `{part.geturl()}`, without TLS; Cognito refuses it, except for localhost"
            yield Finding(said, where, f"Write `https://{part.netloc}{part.path}`.")


def _without_domains(app: App, key: str, urls: list[str], where: Where) -> Iterator[Finding]:
    hosts = {part.hostname for part in _split(urls)}
    for name, rule in app.spec.environments.items():
        fixed = rule.domain and not rule.domain.startswith("*.")
        if urls and fixed and rule.domain not in hosts:
            said = f"`{key}` has no address of {rule.domain} ({name}): signing in is refused there"
            yield Finding(
                said, where, f"Add `https://{rule.domain}/` to the app client, and deploy the backend."
            )


def _split(urls: list[str]) -> list[SplitResult]:
    """Those that are addresses, in their parts."""
    found = []
    for url in urls:
        with suppress(ValueError):  # of an IPv6 host, or in a port
            found.append(urlsplit(url.strip()))
    return [part for part in found if part.scheme and part.hostname]


def _oauth(project: Project, file: str) -> dict[str, Any]:
    try:
        found = json.loads((project.folder / file).read_bytes())["auth"]["oauth"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _line(project: Project, file: str, key: str) -> int:
    text = (project.folder / file).read_text(errors="replace")
    return text.count("\n", 0, max(0, text.find(f'"{key}"'))) + 1


RULE = Rule(
    name="callback-url",
    severity="warning",
    what="An address to return to after signing in or out is localhost, without TLS, or not of the "
    "environment.",
    why="The identity provider sends people only to addresses on its list, and it refuses a list with http, "
    "except for localhost.",
    fix="Name the address of each environment, with https.",
    look=_look,
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html",
)
