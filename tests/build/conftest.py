from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from engine.build.model import BuildRequest, BuildResult, Section
from engine.build.runner import run_phases
from engine.events import Event, LogLine
from engine.spec.model import Spec

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Sandbox:
    """Runs commands of a spec in a folder of their own and keeps the events."""

    project: Path
    scratch: Path
    events: list[Event] = field(default_factory=list)

    def request(self, spec: Spec, **changes: object) -> BuildRequest:
        values = {
            "project": self.project,
            "spec": spec,
            "variables": {"PATH": os.environ["PATH"], "HOME": str(self.scratch / "home")},
            "scratch": self.scratch,
            "sections": ("frontend",),
            "timeout": 20.0,
            "grace": 0.3,
        }
        return BuildRequest(**{**values, **changes})  # type: ignore[arg-type]

    def run(self, *commands: str, **changes: object) -> BuildResult:
        """Run commands as frontend.build."""
        return self.run_spec(frontend_spec(build=commands), **changes)

    def run_spec(self, spec: Spec, *sections: Section, **changes: object) -> BuildResult:
        if sections:
            changes["sections"] = sections
        return asyncio.run(run_phases(self.request(spec, **changes), self.events.append))

    @property
    def lines(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, LogLine)]


def frontend_spec(**phases: tuple[str, ...]) -> Spec:
    """A spec with these phases (``preBuild``, ``build``, ``postBuild``) of the frontend."""
    found = {name: {"commands": list(commands)} for name, commands in phases.items()}
    return Spec.model_validate({"app": "demo", "frontend": {"phases": found}})


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    (tmp_path / "app").mkdir()
    return Sandbox(tmp_path / "app", tmp_path / "scratch")


@pytest.fixture
def phases():
    return frontend_spec
