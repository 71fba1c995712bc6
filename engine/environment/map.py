"""The map of an app's environments as Markdown, for people who are new to it.

It is made of the files alone, so it is the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from engine.environment.given import GivenVariable, given_secrets, given_variables, masked, place_of
from engine.environment.markdown import code, table
from engine.environment.model import PullRequest
from engine.environment.resolve import Choice, branches_of, kinds, resolve
from engine.secrets.scopes import option, scopes_of
from engine.shipped import shipped
from engine.spec.node import short
from engine.spec.public import public_prefixes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from engine.environment.model import Environment
    from engine.environment.policy import Policies
    from engine.spec.model import Spec

_PULL_REQUESTS = "pull requests"
_NOTHING = "–"


@dataclass(frozen=True)
class EnvironmentMap:
    """``project`` is the folder that places in files are told from."""

    spec: Spec
    policies: Policies
    project: Path

    def markdown(self) -> str:
        """The whole page."""
        parts = (self._environments(), self._variables(), self._layers(), self._secrets(), self._backends())
        head = f"# Environments of {self.spec.app}\n\nWritten by `windlass env docs`; do not edit.\n"
        return "\n".join((head, *filter(None, parts)))

    def _environments(self) -> str:
        rows = [
            (
                code(title),
                branches_of(self.spec, title) if title != _PULL_REQUESTS else "pull request N → `pr-N`",
                code(found.policy_name),
                found.policy.target,
                found.policy.region,
                found.policy.account or _NOTHING,
                found.domain.name if found.domain else _NOTHING,
                _life(found),
                "default" if found.rule.startswith("--") else self._near(found.rule),
            )
            for title, found in self._all.items()
        ]
        columns = (
            "environment",
            "branches",
            "policy",
            "target",
            "region",
            "account",
            "domain",
            "life",
            "set in",
        )
        return f"## Environments\n\n{table(columns, rows)}"

    def _variables(self) -> str:
        given = {title: _by_name(self._given(found)) for title, found in self._all.items()}
        names = sorted({key for variables in given.values() for key in variables})
        differ = [key for key in names if len({_value(given[title].get(key)) for title in given}) > 1]
        same = [key for key in names if key not in differ]
        return "\n".join(filter(None, (self._different(given, differ), self._same(given, same))))

    def _different(
        self, given: dict[str, dict[tuple[str, str], GivenVariable]], keys: list[tuple[str, str]]
    ) -> str:
        if not keys:
            return ""
        rows = [
            (code(name), to, *(self._cell(given[title].get((name, to))) for title in given))
            for name, to in keys
        ]
        columns = ("variable", "goes to", *given)
        return f"## Variables that differ\n\n{table(columns, rows)}"

    def _same(
        self, given: dict[str, dict[tuple[str, str], GivenVariable]], keys: list[tuple[str, str]]
    ) -> str:
        if not keys:
            return ""
        first = next(iter(given.values()))
        rows = [(code(name), to, self._cell(first[name, to])) for name, to in keys]
        return f"## Variables that are the same everywhere\n\n{table(('variable', 'goes to', 'value'), rows)}"

    def _layers(self) -> str:
        if not self.spec.branches:
            return ""
        rows = [
            (code(pattern), code(name), self._of_branch(pattern, name, value))
            for pattern, layer in self.spec.branches.items()
            for name, value in layer.variables.items()
        ]
        said = "For builds of these branches, over the variables of their environment:"
        return f"## Variables of branches\n\n{said}\n\n{table(('branch', 'variable', 'value'), rows)}"

    def _of_branch(self, pattern: str, name: str, value: str) -> str:
        place = self._near(place_of(self.spec, ("env", "branches", pattern, "variables", name)))
        return f"{code(short(masked(name, value)))} ({place})"

    def _secrets(self) -> str:
        asked = given_secrets(self.spec)
        if not asked:
            return ""
        rows = [
            (code(secret.name), ", ".join(secret.to), self._near(secret.origin), self._commands(secret.name))
            for secret in asked
        ]
        columns = ("secret", "given to", "asked for in", "set it with")
        said = (
            "Values are in SSM Parameter Store and nowhere in the repository. `windlass secrets list` says "
            "which are set."
        )
        return f"## Secrets\n\n{said}\n\n{table(columns, rows)}"

    def _backends(self) -> str:
        resources = self.spec.backend.resources
        said = (
            f"Every environment has a stack of its own, `organization/{self.spec.app}/ENVIRONMENT`, with the "
            "bucket of its releases, the edge in front"
        )
        if not resources:
            return f"## Backends\n\n{said}.\n"
        rows = [(code(kind), _names(value)) for kind, value in sorted(resources.items())]
        own = f"## Backends\n\n{said}, and its own:\n\n{table(('kind', 'names'), rows)}"
        return "\n".join((own, *self._borrowed()))

    def _borrowed(self) -> Iterator[str]:
        rows = [
            (code(title), code(found.lender), self._near(found.origins["backend"]))
            for title, found in self._all.items()
            if found.lender
        ]
        if rows:
            yield f"But for these:\n\n{table(('environment', 'has the backend of', 'set in'), rows)}"

    def _commands(self, name: str) -> str:
        scopes = dict.fromkeys(
            option(scopes_of(self.spec, found)[-2]) for found in self._all.values() if not found.pull_request
        )
        return f"`windlass secrets set {name}` {', '.join(code(scope) for scope in (*scopes, '--shared'))}"

    @cached_property
    def _all(self) -> dict[str, Environment]:
        named = {kind: Choice(name=kind) for kind in kinds(self.spec)}
        choices = {**named, _PULL_REQUESTS: Choice(pull_request=PullRequest(1))}
        return {title: resolve(self.spec, self.policies, choice) for title, choice in choices.items()}

    def _given(self, environment: Environment) -> tuple[GivenVariable, ...]:
        return given_variables(self.spec, environment, {}, self._prefixes)

    @cached_property
    def _prefixes(self) -> Collection[str]:
        return public_prefixes(self.project, self.spec.app_root)

    def _cell(self, given: GivenVariable | None) -> str:
        if given is None:
            return _NOTHING
        return (
            f"{code(short(given.shown)) if given.shown else '(empty)'} ({self._near(given.variable.origin)})"
        )

    def _near(self, origin: str) -> str:
        """An origin as it is on every machine: from the project, or by the policy's own folder."""
        for folder, said in (
            (self.project, ""),
            (shipped("stacks"), "shipped "),
            (self.project.parent, "../"),
        ):
            if origin.startswith(f"{folder}/"):
                return said + origin.removeprefix(f"{folder}/")
        return f"{Path(origin).parent.name}/{Path(origin).name}" if origin.startswith("/") else origin


def _by_name(given: Iterable[GivenVariable]) -> dict[tuple[str, str], GivenVariable]:
    return {(one.variable.name, ", ".join(one.to)): one for one in given}


def _value(given: GivenVariable | None) -> tuple[str, str] | None:
    return (given.variable.value, given.variable.origin) if given else None


def _life(environment: Environment) -> str:
    if environment.policy.ttl_days is not None:
        return f"{environment.policy.ttl_days:g} days"
    return "protected" if environment.policy.protect else "until destroyed"


def _names(value: object) -> str:
    return ", ".join(code(name) for name in value) if isinstance(value, dict) else "yes"
