"""From a folder to a :class:`~engine.spec.model.Spec`: find, examine, choose."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import Problem, SpecError, UsageError, Where
from engine.spec import files, headers
from engine.spec.application import chosen, lines_of, spec_of
from engine.spec.examine import Examined, examine_headers, examine_spec
from engine.spec.names import LABEL_LIMIT, default_app, slug
from engine.spec.reader import contents

if TYPE_CHECKING:
    from pathlib import Path

    from engine.spec.model import HeadersFile, Silence, Spec, SpecFile


@dataclass(frozen=True, slots=True)
class Loaded:
    """A spec that is right, and what is worth a warning in its files.

    ``applications`` are the roots of all applications of the file; empty where it is not that of a monorepo.
    """

    spec: Spec
    warnings: tuple[Problem, ...] = ()
    applications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Project:
    found: files.Files
    spec: Examined[SpecFile]
    headers: Examined[HeadersFile] | None
    digest: str

    @property
    def problems(self) -> tuple[Problem, ...]:
        between = headers.between(self.spec, self.headers) if self.headers else ()
        of_headers = (*self.headers.problems, *between) if self.headers else ()
        return (*self.found.warnings, *self.spec.problems, *of_headers)


@dataclass(frozen=True, slots=True)
class Checked:
    """Every error and warning of the files, in the order of their lines, and what of them can be read.

    ``specs`` are all applications, none where there are errors; ``silences`` are the entries of
    ``check.ignore``, each with its place.
    """

    problems: tuple[Problem, ...]
    specs: tuple[Spec, ...] = ()
    silences: tuple[tuple[Silence, Where], ...] = ()


def load_spec(folder: Path, *, app_root: str | None = None, app_name: str | None = None) -> Loaded:
    """The spec of the application in ``folder``: its ``amplify.yml`` and the ``customHttp.yml`` beside it.

    ``app_root`` chooses among several ``applications`` (Amplify's AMPLIFY_MONOREPO_APP_ROOT); ``app_name``
    overrides the file's ``app``. Raises SpecError with every problem of both files, UsageError where there
    is no file (hint: ``windlass init``), no such application, or the name is no DNS label.
    """
    project = _project(folder)
    errors = tuple(problem for problem in project.problems if problem.severity == "error")
    if errors or project.spec.model is None:
        raise SpecError(errors)
    where = Where(str(project.found.spec))
    number = chosen(project.spec.model, app_root, where)
    roots = tuple(application.app_root or "" for application in project.spec.model.applications)
    return Loaded(_spec(project, project.spec.model, number, folder, app_name), project.problems, roots)


def load_specs(folder: Path) -> tuple[Spec, ...]:
    """Every application of the files in ``folder``; none where the files have errors."""
    return checked(folder).specs


def check(folder: Path) -> tuple[Problem, ...]:
    """Every error and warning of the files in ``folder``, in the order of their lines; empty if all is well.

    Raises only UsageError, where there is no file to check.
    """
    return checked(folder).problems


def checked(folder: Path) -> Checked:
    """All there is in the files of ``folder``, right or wrong. Raises UsageError where there is none."""
    project = _project(folder)
    model, problems = project.spec.model, project.problems
    if model is None:
        return Checked(problems)
    places = (("check", "ignore", number) for number in range(len(model.check.ignore)))
    silences = zip(model.check.ignore, (project.spec.root.nearest(key).where for key in places), strict=True)
    wrong = any(problem.severity == "error" for problem in problems)
    return Checked(problems, () if wrong else _specs(project, model, folder), tuple(silences))


def _project(folder: Path) -> _Project:
    found = files.find(folder)
    data = contents(found.spec)
    beside = examine_headers(contents(found.headers), str(found.headers)) if found.headers else None
    return _Project(found, examine_spec(data, str(found.spec)), beside, hashlib.sha256(data).hexdigest())


def _specs(project: _Project, model: SpecFile, folder: Path) -> tuple[Spec, ...]:
    numbers: list[int | None] = list(range(len(model.applications))) or [None]
    return tuple(_spec(project, model, number, folder, None) for number in numbers)


def _spec(project: _Project, model: SpecFile, number: int | None, folder: Path, app_name: str | None) -> Spec:
    spec = spec_of(model, number, default_app(folder)).model_copy(
        update={
            "file": str(project.found.spec.absolute()),
            "digest": project.digest,
            "lines": lines_of(project.spec.root, number),
            **({"app": _named(app_name)} if app_name else {}),
        }
    )
    return _with_headers(spec, project)


def _with_headers(spec: Spec, project: _Project) -> Spec:
    """``spec`` with the rules of ``customHttp.yml``, where it has some for it."""
    model = project.headers.model if project.headers else None
    rules = headers.of_application(model, spec.app_root) if model else None
    if rules is None:
        return spec
    lines = {key: line for key, line in spec.lines.items() if not key.startswith("customHeaders")}
    file = str(project.found.headers.absolute()) if project.found.headers else ""
    return spec.model_copy(update={"custom_headers": rules, "headers_file": file, "lines": lines})


def _named(app_name: str) -> str:
    if slug(app_name) != app_name:
        raise UsageError(
            f"{app_name!r} cannot be the name of an app: a-z, 0-9 and -, at most {LABEL_LIMIT} characters",
            hint=f"Did you mean {slug(app_name)}?",
        )
    return app_name
