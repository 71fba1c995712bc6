"""Redirects and headers that the edge cannot follow, found before anything is built."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import Where
from engine.events import Warned
from engine.publish.entries import rule_problems
from engine.publish.proxies import proxies_of

if TYPE_CHECKING:
    from engine.context import Context
    from engine.errors import Problem
    from engine.publish.manifest import Manifest
    from engine.spec.model import Spec


def edge_problems(spec: Spec) -> tuple[Problem, ...]:
    """Every redirect and header of ``spec`` that the edge cannot follow, with its line."""
    return tuple(
        problem if problem.where else replace(problem, where=Where(spec.file, spec.lines.get(problem.key)))
        for problem in rule_problems(spec.redirects, spec.custom_headers)
    )


def warn_of_missing_proxies(context: Context, manifest: Manifest) -> None:
    """A release of another spec may lead to hosts that this environment's distribution does not know."""
    wanted = proxies_of(manifest.redirects, context.environment.names)
    for proxy in wanted:
        if proxy not in context.plan.edge.proxies:
            message = f"the release sends {proxy.pattern} to {proxy.host}, which the environment does not"
            hint = "These paths answer 502 until the spec has the rule again and is deployed."
            context.emit(Warned(message=message, hint=hint))
