"""Make the changes that rules propose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.edit import apply

if TYPE_CHECKING:
    from engine.check import Report
    from engine.doctor.doctor import Diagnosis
    from engine.errors import Problem


def mend(report: Report, *, sources: bool) -> tuple[Problem, ...]:
    """Make every change that ``report`` has; gives the problems that are gone.

    What is silenced stays as it is, and code of the app as well, unless ``sources`` asks for it.
    """
    told = frozenset(report.problems)
    wanted = [
        d for d in report.diagnoses if d.problem in told and d.edit and (sources or not d.edit.in_source)
    ]
    # From the end of a file to its beginning, so that the lines of the others stay what they are.
    return tuple(d.problem for d in sorted(wanted, key=_line, reverse=True) if d.edit and apply(d.edit))


def _line(diagnosis: Diagnosis) -> int:
    return (diagnosis.edit.line if diagnosis.edit else 0) or 0
