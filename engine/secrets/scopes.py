"""Where the secrets of an environment may be set: its own, those of its kind, those of all environments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.environment.variables import is_glob
from engine.secrets.model import SHARED

if TYPE_CHECKING:
    from engine.environment.model import Environment
    from engine.spec.model import Spec


def scopes_of(spec: Spec, environment: Environment) -> tuple[str, ...]:
    """The scopes that ``environment`` reads, the strongest first.

    Previews share those of their kind (``preview``, or the rule of ``environments`` that makes them). The
    rule of a certain branch, such as ``prod: {branch: main, pull_requests: true}``, is no such kind: what
    is meant for that branch's environment is not for its pull requests.
    """
    kind = environment.kind
    rule = spec.environments.get(kind)
    of_one_branch = bool(rule and rule.branch and not is_glob(rule.branch))
    shares = kind and kind != environment.name and not of_one_branch
    return (environment.name, *([kind] if shares else []), SHARED)


def shown(scope: str) -> str:
    """A scope in words."""
    return "all environments" if scope == SHARED else scope


def option(scope: str) -> str:
    """A scope as the command line has it."""
    return "--shared" if scope == SHARED else f"--env {scope}"
