"""What must hold between the variables and the secrets of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec import pattern
from engine.spec.node import problem, short
from engine.spec.sections import entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.errors import Problem
    from engine.spec.node import Node

_VARIABLES = (
    "env.variables.* env.branches.*.variables.* env.pull_requests.variables.* environments.*.variables.*"
)


def _secrets_are_no_variables(root: Node) -> Iterator[Problem]:
    shared = _secrets(root)
    for path, node in [((), root), *entries(root)]:
        asked = {**shared, **_secrets(node)}
        for below, variable in pattern.matching(_VARIABLES, node):
            if secret := asked.get(str(below[-1])):
                said = f"`{short(secret.text)}` is a secret (line {secret.where.line}) and has a value here"
                hint = "Take one of them out: a secret's value is set with `windlass secrets set`."
                yield problem("secret-and-variable", variable, (*path, *below), said, hint)


def _secrets(node: Node) -> dict[str, Node]:
    return {secret.text: secret for secret in node.nearest(("env",)).nearest(("secrets",)).items}


ENV_RULES: tuple[Callable[[Node], Iterator[Problem]], ...] = (_secrets_are_no_variables,)
