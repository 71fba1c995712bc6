"""The environments that an application has, each with the variables that its builds are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.environment.model import PullRequest
from engine.environment.resolve import Choice, resolve
from engine.environment.variables import is_glob, variables_of
from engine.errors import Where, WindlassError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.environment.model import Environment
    from engine.environment.policy import Policies
    from engine.environment.variables import Setting, Variable
    from engine.spec.model import Spec

_ANY = 1  # the number of a pull request that stands for all


@dataclass(frozen=True, slots=True)
class Place:
    """One environment, or one that stands for all of its kind, and its variables by name."""

    environment: Environment
    variables: dict[str, Variable]

    @property
    def title(self) -> str:
        """Its name, for people."""
        return "previews of pull requests" if self.environment.pull_request else self.environment.name

    @property
    def is_production(self) -> bool:
        """Whether it is what users work with: protected, or called so."""
        named = self.environment.name.startswith("prod")
        return not self.environment.preview and (self.environment.policy.protect or named)


def places_of(spec: Spec, policies: Policies) -> tuple[Place, ...]:
    """Every environment that ``spec`` names, the one of its main branch, and a pull request's."""
    found: dict[str, Place] = {}
    for choice in _choices(spec):
        try:
            environment = resolve(spec, policies, choice)
        except WindlassError:  # told by the checks of policies and branches
            continue
        variables = {variable.name: variable for variable in variables_of(spec, environment)}
        found.setdefault(environment.name, Place(environment, variables))
    return tuple(found.values())


def origin_of(setting: Setting) -> Where:
    """The place of a setting."""
    file, colon, line = setting.origin.rpartition(":")
    return Where(file, int(line)) if colon and line.strip().isdigit() else Where(setting.origin)


def _choices(spec: Spec) -> Iterator[Choice]:
    if not any(rule.branch for rule in spec.environments.values()):
        yield Choice(branch="main")
    for name, rule in spec.environments.items():
        if not rule.pull_requests and not is_glob(rule.branch or ""):
            yield Choice(name=name)
    yield from (Choice(branch=branch) for branch in spec.branches if not is_glob(branch))
    yield Choice(pull_request=PullRequest(_ANY))
