"""Find what is wrong in the files of a project before anything runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.environment.policy import check_policies
from engine.spec import checked
from engine.steps.rules import edge_problems

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.doctor.doctor import Diagnosis
    from engine.doctor.silence import Silenced
    from engine.errors import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """``problems`` are told; ``silenced`` are not, because the spec says so. ``diagnoses`` hold the fixes."""

    problems: tuple[Problem, ...]
    silenced: tuple[Silenced, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()


def check(folder: Path, stacks: Path | None = None, host: Mapping[str, str] | None = None) -> Report:
    """Everything that is wrong, or worth a warning, in the spec, the policies and the app of ``folder``.

    ``host`` are the variables of the process: PATH and HOME are asked for git and Node. Raises UsageError
    only, where there is no file to check.
    """
    from engine.doctor.doctor import examine
    from engine.doctor.project import Project
    from engine.doctor.silence import silence
    from engine.doctor.spec_rules import SPEC_RULES, all_names

    files = checked(folder)
    edge = (problem for spec in files.specs for problem in edge_problems(spec))
    own = (*files.problems, *check_policies(folder, stacks), *edge)
    diagnoses = examine(Project(folder, files.specs, host or {}, stacks))
    problems = (*own, *(diagnosis.problem for diagnosis in diagnoses))
    known = silence(problems, files.silences, folder, all_names(), SPEC_RULES)
    return Report(known.told, known.silenced, diagnoses)
