"""The commands of a section, in order, and the folder they run in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import BuildError, Where

if TYPE_CHECKING:
    from pathlib import Path

    from engine.build.model import Section
    from engine.spec.model import Spec
    from engine.spec.phases import Phase


_LAST = re.compile(r"(^|\.|\[)[^.\[]*$")


@dataclass(frozen=True, slots=True)
class Step:
    """One command. ``section`` and ``phase`` are the keys of ``amplify.yml``; ``index`` counts from 0."""

    section: str
    phase: str
    index: int
    command: str

    @property
    def key(self) -> str:
        """The key of the command, as :func:`engine.spec.node.dotted` writes it."""
        return f"{self.section}.phases.{self.phase}.commands[{self.index}]"

    @property
    def title(self) -> str:
        """The command on one line, for messages."""
        first, *more = self.command.strip().splitlines() or [""]
        return f"{first} …" if more else first


def steps_of(spec: Spec, section: Section) -> tuple[Step, ...]:
    """The commands of ``section`` in the order they run; empty where the spec has none."""
    name = section.partition("-")[0]
    return tuple(
        Step(name, phase, index, command)
        for phase, found in _phases(spec, section)
        if found is not None
        for index, command in enumerate(found.commands)
    )


def _phases(spec: Spec, section: Section) -> list[tuple[str, Phase | None]]:
    if section == "test":
        tests = spec.test.phases if spec.test else None
        if tests is None:
            return []
        return [("preTest", tests.pre_test), ("test", tests.test), ("postTest", tests.post_test)]
    phases = spec.frontend.phases if section == "frontend" else spec.backend.phases
    if phases is None:
        return []
    before = [("preBuild", phases.pre_build), ("build", phases.build)]
    after = [("postBuild", phases.post_build)]
    return {"backend-build": before, "backend-post": after, "frontend": before + after}[section]


def app_folder(project: Path, spec: Spec) -> Path:
    """Where the app is: ``appRoot`` below ``project``, with symbolic links resolved.

    Raises BuildError where it is not a folder of the project.
    """
    return _folder_in(project, spec.app_root, spec, "appRoot")


def working_folder(project: Path, spec: Spec) -> Path:
    """Where the frontend and the tests run, and what ``baseDirectory`` and ``cache.paths`` count from.

    It is ``buildPath``, counted from ``project`` (``/`` is the project itself), else the app's folder
    (https://docs.aws.amazon.com/amplify/latest/userguide/monorepo-configuration.html).
    Raises BuildError where it is not a folder of the project.
    """
    if spec.frontend.build_path is None:
        return app_folder(project, spec)
    return _folder_in(project, spec.frontend.build_path, spec, "frontend.buildPath")


def _folder_in(project: Path, name: str, spec: Spec, key: str) -> Path:
    root = project.resolve()
    folder = (root / name.strip().strip("/")).resolve()
    if folder.is_dir() and folder.is_relative_to(root):
        return folder
    reason = "is not a folder" if folder.is_relative_to(root) else "is outside"
    raise BuildError(
        f"{key} `{name}` {reason} of the project",
        where=where_of(spec, key),
        hint=f"name a folder that exists, counted from {project}",
    )


def where_of(spec: Spec, key: str) -> Where | None:
    """The place of dotted ``key`` in the spec's file, or of the nearest key above it; None without a file."""
    if not spec.file:
        return None
    while key and key not in spec.lines:
        key = _LAST.sub("", key)
    return Where(spec.file, spec.lines.get(key))
