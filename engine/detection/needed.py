"""What is built before an app of a workspace: the packages beside it that it needs, in their order."""

from __future__ import annotations

import posixpath
import shlex
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from engine.build.toolchain.manifest import package_json, text_in
from engine.monorepo.members import members
from engine.monorepo.workspace import read_workspace

if TYPE_CHECKING:
    from engine.detection.manager import Manager
    from engine.detection.source import Source
    from engine.monorepo.workspace import Workspace


def is_member(source: Source) -> bool:
    """Whether the app is in a workspace whose lockfile is at the top."""
    return bool(source.app_root) and source.app_root in members(source.project)


def needed_builds(source: Source, manager: Manager) -> tuple[str, ...]:
    """The commands that build what the app needs, run in its folder. Empty for pnpm, which does that itself,
    and for an app of no workspace.
    """
    if not manager.other or not is_member(source):
        return ()
    workspace = read_workspace(source.project, ())
    return tuple(
        manager.other.format(
            folder=shlex.quote(_way(source, folder)), name=shlex.quote(_name(workspace, folder))
        )
        for folder in _in_order(workspace, source.app_root)
        if text_in(package_json(source.project / folder), "scripts", "build")
    )


def to_top(source: Source) -> str:
    """The way from the app's folder to the repository's: ``../..``."""
    return _way(source, "")


def _way(source: Source, folder: str) -> str:
    return posixpath.relpath(f"/{folder}", f"/{source.app_root}")


def _name(workspace: Workspace, folder: str) -> str:
    return workspace.packages[folder].name


def _in_order(workspace: Workspace, app: str) -> tuple[str, ...]:
    """What ``app`` needs, each after what it needs itself; in any order where they need each other."""
    needed = workspace.needed_by(app)
    before = {one: set(workspace.needed_by(one)) & needed.keys() for one in needed}
    try:
        return tuple(TopologicalSorter(before).static_order())
    except CycleError:
        return tuple(sorted(needed))
