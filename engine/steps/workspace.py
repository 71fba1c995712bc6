"""The packages around an application, and which of them it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.model import SECTIONS
from engine.build.steps import steps_of
from engine.monorepo.mentions import with_mentions
from engine.monorepo.workspace import Workspace, read_workspace
from engine.spec import load_specs

if TYPE_CHECKING:
    from pathlib import Path

    from engine.context import Settings
    from engine.spec.model import Spec


def packages_of(project: Path) -> Workspace:
    """The packages of the repository in ``project``, with the applications of its amplify.yml."""
    return read_workspace(project, (spec.app_root for spec in load_specs(project)))


def workspace_of(settings: Settings, spec: Spec, packages: Workspace | None = None) -> Workspace:
    """``packages`` (else they are looked up), in which the application of ``spec`` needs those that it
    depends on and those that it names.
    """
    commands = [step.command for section in SECTIONS for step in steps_of(spec, section)]
    found = packages or packages_of(settings.project)
    return with_mentions(found, spec.app_root, settings.project, commands, settings.host)
