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
    project = _project(folder)
    model = project.spec.model
    if model is None or any(problem.severity == "error" for problem in project.problems):
        return ()
    numbers: list[int | None] = list(range(len(model.applications))) or [None]
    return tuple(_spec(project, model, number, folder, None) for number in numbers)


def load_silences(folder: Path) -> tuple[tuple[Silence, Where], ...]:
    """What ``check.ignore`` of the file in ``folder`` says, each with its place; none where it has errors."""
    project = _project(folder)
    silences = project.spec.model.check.ignore if project.spec.model else ()
    keys = (("check", "ignore", number) for number in range(len(silences)))
    return tuple(
        (silence, project.spec.root.nearest(key).where) for silence, key in zip(silences, keys, strict=True)
    )


def check(folder: Path) -> tuple[Problem, ...]:
    """Every error and warning of the files in ``folder``, in the order of their lines; empty if all is well.

    Raises only UsageError, where there is no file to check.
    """
    return _project(folder).problems


def _project(folder: Path) -> _Project:
    found = files.find(folder)
    data = contents(found.spec)
    beside = examine_headers(contents(found.headers), str(found.headers)) if found.headers else None
    return _Project(found, examine_spec(data, str(found.spec)), beside, hashlib.sha256(data).hexdigest())


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
