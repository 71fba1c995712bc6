"""What belongs to production, among the variables that previews are built with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.environments import origin_of
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.environments import Place
    from engine.doctor.project import App, Project

_HOST = re.compile(r"https?://([\w.-]+)")
_PRODUCTION = re.compile(r"(?:^|[.-])prod(?:[.-]|$)|(?:^|\.)production\.")
# What is one of a kind: a user pool, the host of an API, a whole address.
_POOL = re.compile(r"\b[a-z]{2}(?:-[a-z]+)+-\d_[A-Za-z0-9]{6,}\b")
_API = re.compile(r"[\w-]+\.(?:execute-api|appsync-api|lambda-url|auth)\.[\w.-]+")


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        domains = _domains(app)
        own = _own_of_production(app)
        for place in app.places:
            if place.environment.preview:
                yield from _in_preview(place, domains, own)


def _in_preview(place: Place, domains: dict[str, str], own: dict[str, str]) -> Iterator[Finding]:
    for name, variable in place.variables.items():
        if why := _why(variable.value.lower(), domains) or _shared(variable.value, own):
            said = f"`{name}` of {place.title} holds {why}"
            yield Finding(
                said, origin_of(variable), f"Set another `{name}` under `env.pull_requests.variables`."
            )


def _domains(app: App) -> dict[str, str]:
    """The domains of environments that are no previews."""
    stay = (place.environment for place in app.places if not place.environment.preview)
    return {environment.domain.name: environment.name for environment in stay if environment.domain}


def _why(value: str, domains: dict[str, str]) -> str:
    for host in _HOST.findall(value):
        for domain, environment in domains.items():
            if host == domain or host.endswith(f".{domain}"):
                return f"{host}, the domain of {environment}"
        if _PRODUCTION.search(host):
            return f"{host}, by its name a production host"
    return ""


def _own_of_production(app: App) -> dict[str, str]:
    """What is one of a kind in the variables that production alone is given -> the variable's name."""
    named = ((n, v) for place in app.places if place.is_production for n, v in place.variables.items())
    return {
        mark: name for name, variable in named if variable.layer != "app" for mark in _marks(variable.value)
    }


def _shared(value: str, own: dict[str, str]) -> str:
    return next(
        (
            f"`{mark}`, which production sets as its own `{own[mark]}`"
            for mark in _marks(value)
            if mark in own
        ),
        "",
    )


def _marks(value: str) -> tuple[str, ...]:
    whole = (value.strip().rstrip("/"),) if "://" in value else ()
    return (*_POOL.findall(value), *_API.findall(value), *whole)


RULE = Rule(
    name="production-value",
    severity="warning",
    what="A variable of a preview holds a domain, an API or a user pool of production.",
    why="Whoever tries a pull request out works on real data, and a broken branch writes to it.",
    fix="Give previews a value of their own, under `env.pull_requests.variables` or in the policy `preview`.",
    look=_look,
)
