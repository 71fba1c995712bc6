"""Rules that say nothing, because ``check.ignore`` of the spec says so with a reason."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import Problem
from engine.spec import suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from engine.errors import Where
    from engine.spec.model import Silence

    Silences = Iterable[tuple[Silence, Where]]


@dataclass(frozen=True, slots=True)
class Silenced:
    """A problem that is not told, and why."""

    problem: Problem
    reason: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is told, and what is not."""

    told: tuple[Problem, ...]
    silenced: tuple[Silenced, ...]


def silence(
    problems: Iterable[Problem],
    silences: Silences,
    folder: Path,
    known: Collection[str],
    firm: Collection[str],
) -> Sorted:
    """``problems`` without those that ``silences`` speak of, and a warning for each that speaks of none.

    Paths count from ``folder``. ``known`` are the names of all rules, ``firm`` those that cannot be silenced
    where they are errors: a spec that cannot be read does not get better by not saying so.
    """
    silences = tuple(silences)
    told: list[Problem] = []
    silenced: list[Silenced] = []
    used: set[Where] = set()
    for problem in problems:
        entry = next((entry for entry in silences if _speaks_of(*entry, problem, folder, firm)), None)
        if entry is None:
            told.append(problem)
        else:
            used.add(entry[1])
            silenced.append(Silenced(problem, entry[0].reason))
    unused = (_unused(*entry, known, firm) for entry in silences if entry[1] not in used)
    return Sorted((*told, *unused), tuple(silenced))


def _speaks_of(silence: Silence, where: Where, problem: Problem, folder: Path, firm: Collection[str]) -> bool:
    if silence.rule != problem.rule or (problem.severity == "error" and problem.rule in firm):
        return False
    return not silence.paths or _matches(silence.paths, problem, folder)


def _matches(paths: tuple[str, ...], problem: Problem, folder: Path) -> bool:
    from wcmatch import glob

    if problem.where is None:
        return False
    path = os.path.relpath(problem.where.file, folder).replace(os.sep, "/")
    return bool(glob.globmatch(path, list(paths), flags=glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB))


def _unused(silence: Silence, where: Where, known: Collection[str], firm: Collection[str]) -> Problem:
    if silence.rule not in known:
        meant = suggest.closest(silence.rule, known)
        hint = f"Did you mean `{meant}`?" if meant else "`windlass check --list` names all rules."
        return Problem("unknown-rule", f"there is no rule `{silence.rule}`", where, hint, severity="warning")
    paths = " in these paths" if silence.paths else ""
    said = f"`{silence.rule}` is silenced here and finds nothing{paths}"
    hint = "Take the entry out: it would hide what the rule finds next."
    return Problem("unused-silence", said, where, hint, severity="warning")
