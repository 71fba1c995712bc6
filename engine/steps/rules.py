"""Redirects and headers that the edge cannot follow, found before anything is built."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import Where
from engine.publish.entries import rule_problems

if TYPE_CHECKING:
    from engine.errors import Problem
    from engine.spec.model import Spec


def edge_problems(spec: Spec) -> tuple[Problem, ...]:
    """Every redirect and header of ``spec`` that the edge cannot follow, with its line."""
    return tuple(
        problem if problem.where else replace(problem, where=Where(spec.file, spec.lines.get(problem.key)))
        for problem in rule_problems(spec.redirects, spec.custom_headers)
    )
