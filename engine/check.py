"""Find what is wrong in the files of a project before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.environment.policy import check_policies
from engine.spec import check as check_spec
from engine.spec import load_specs
from engine.steps.rules import edge_problems

if TYPE_CHECKING:
    from pathlib import Path

    from engine.errors import Problem


def check(project: Path, stacks: Path | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong, or worth a warning, in the spec and the policies of ``project``.

    Raises UsageError only, where there is no file to check.
    """
    rules = (problem for spec in load_specs(project) for problem in edge_problems(spec))
    return (*check_spec(project), *check_policies(project, stacks), *rules)
