"""What a rule of the doctor is, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.doctor.edit import Edit
    from engine.doctor.project import Project
    from engine.errors import Where

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found: what, where, and what to do here.

    ``severity`` is the rule's where it is None. ``edit`` is the fix, where there is only one.
    """

    message: str
    where: Where
    fix: str
    severity: Severity | None = None
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """``name`` is stable and kebab-case. ``what``, ``why`` and ``fix`` are its documentation.

    ``look`` gives what it finds in a project and raises nothing. It is an error only where the build, or what
    is published, will certainly be broken. ``source`` is the page that the rule follows, if any.
    """

    name: str
    severity: Severity
    what: str
    why: str
    fix: str
    look: Callable[[Project], Iterable[Finding]]
    source: str = ""
