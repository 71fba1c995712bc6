"""Which variables an environment's builds are given, and which layer and line each value comes from.

The layers, the strongest last: app < policy < environment < branch < pull request < command line.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.spec.node import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.environment.model import Environment
    from engine.environment.policy import Policy
    from engine.spec.model import Spec
    from engine.spec.node import Keys

Layer: TypeAlias = Literal["app", "policy", "environment", "branch", "pull request", "command line"]
_COLUMN = re.compile(r"(:\d+):\d+$")
_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as one layer has it. ``origin`` is the ``file:line`` of it, or the option."""

    value: str = field(repr=False)
    layer: Layer
    origin: str


@dataclass(frozen=True, slots=True)
class Variable(Setting):
    """The value that holds, and what it overrides, the strongest first."""

    name: str
    over: tuple[Setting, ...] = ()


def variables_of(
    spec: Spec, environment: Environment, given: Mapping[str, str] | None = None
) -> tuple[Variable, ...]:
    """The variables that builds of ``environment`` are given, by name; ``given`` are those of the call.

    A pull request has the layers of its source branch too, except one of a fork: whoever opens it chooses
    that name.
    """
    found: dict[str, list[Setting]] = {}
    for name, setting in _settings(spec, environment, given or {}):
        found.setdefault(name, []).insert(0, setting)
    return tuple(
        Variable(first.value, first.layer, first.origin, name, tuple(rest))
        for name, (first, *rest) in sorted(found.items())
    )


def values(variables: Iterable[Variable]) -> dict[str, str]:
    """Name -> value."""
    return {variable.name: variable.value for variable in variables}


def is_glob(branch: str) -> bool:
    """Whether ``branch`` is a pattern of many."""
    return not _GLOB.isdisjoint(branch)


def varying(spec: Spec, policies: Iterable[Policy]) -> frozenset[str]:
    """The names whose values may differ from one environment to another."""
    layers = (
        *(rule.variables for rule in spec.environments.values()),
        *(branch.variables for branch in spec.branches.values()),
        spec.pull_requests.variables,
        *(policy.variables for policy in policies),
    )
    return frozenset(name for layer in layers for name in layer)


def _settings(
    spec: Spec, environment: Environment, given: Mapping[str, str]
) -> Iterator[tuple[str, Setting]]:
    """Every setting that applies, the weakest first."""
    yield from _written(spec, "app", ("env",), spec.variables)
    for name, value in environment.policy.variables.items():
        origin = environment.origins.get(f"policy.variables.{name}", "policy")
        yield name, Setting(value, "policy", _COLUMN.sub(r"\1", origin))
    if rule := spec.environments.get(environment.kind):
        yield from _written(spec, "environment", ("environments", environment.kind), rule.variables)
    for pattern in _patterns(spec, environment):
        yield from _written(spec, "branch", ("env", "branches", pattern), spec.branches[pattern].variables)
    if environment.pull_request:
        yield from _written(spec, "pull request", ("env", "pull_requests"), spec.pull_requests.variables)
    for name, value in given.items():
        yield name, Setting(value, "command line", "--var")


def _written(
    spec: Spec, layer: Layer, section: Keys, variables: Mapping[str, str]
) -> Iterator[tuple[str, Setting]]:
    for name, value in variables.items():
        key = dotted((*section, "variables", name))
        line = spec.lines.get(key)
        yield name, Setting(value, layer, f"{spec.file}:{line}" if line else f"{spec.file}: {key}")


def _patterns(spec: Spec, environment: Environment) -> list[str]:
    branch, request = environment.branch, environment.pull_request
    if not branch or (request and request.fork):
        return []
    globs = [p for p in spec.branches if p != branch and is_glob(p) and fnmatch.fnmatchcase(branch, p)]
    return [*globs, *([branch] if branch in spec.branches else [])]
