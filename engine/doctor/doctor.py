"""All rules over one project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.doctor.rules import RULES
from engine.errors import Problem

if TYPE_CHECKING:
    from engine.doctor.edit import Edit
    from engine.doctor.project import Project
    from engine.doctor.rule import Finding, Rule


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A problem that a rule found, and the one change that mends it, where there is one."""

    problem: Problem
    edit: Edit | None = None


def examine(project: Project) -> tuple[Diagnosis, ...]:
    """What the rules find in ``project``, by file and line. Raises nothing."""
    found = (_diagnosis(rule, finding) for rule in RULES for finding in found_by(rule, project))
    return tuple(sorted(found, key=_place))


def found_by(rule: Rule, project: Project) -> tuple[Finding, ...]:
    """What ``rule`` finds; what several applications or environments have in common is told once."""
    return tuple(dict.fromkeys(rule.look(project)))


def _diagnosis(rule: Rule, finding: Finding) -> Diagnosis:
    severity = finding.severity or rule.severity
    problem = Problem(rule.name, finding.message, finding.where, finding.fix, severity=severity)
    return Diagnosis(problem, finding.edit)


def _place(diagnosis: Diagnosis) -> tuple[str, int, str]:
    where = diagnosis.problem.where
    return (where.file if where else "", (where.line if where else 0) or 0, diagnosis.problem.rule)
