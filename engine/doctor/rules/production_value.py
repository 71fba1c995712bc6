"""What belongs to production, among the variables that previews are built with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import App, Project

_HOST = re.compile(r"https?://([\w.-]+)")
_PRODUCTION = re.compile(r"(?:^|[.-])prod(?:[.-]|$)|(?:^|\.)production\.")


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        domains = _domains(app)
        for name, value in app.spec.variables.items():
            for host in _HOST.findall(value.lower()):
                if why := _why(host, domains):
                    said = f"`{name}` leads to {host}, {why}, and previews are built with it as well"
                    yield Finding(said, app.where(f"env.variables.{name}"), RULE.fix)


def _domains(app: App) -> dict[str, str]:
    """The domains of environments that are no previews."""
    rules = app.spec.environments.items()
    return {rule.domain: name for name, rule in rules if rule.domain and not rule.pull_requests}


def _why(host: str, domains: dict[str, str]) -> str:
    for domain, environment in domains.items():
        if host == domain or host.endswith(f".{domain}"):
            return f"the domain of {environment}"
    return "by its name a production host" if _PRODUCTION.search(host) else ""


RULE = Rule(
    name="production-value",
    severity="warning",
    what="A variable of a preview holds a domain, an API or a user pool of production.",
    why="Whoever tries a pull request out works on real data, and a broken branch writes to it.",
    fix="Give previews a value of their own.",
    look=_look,
)
