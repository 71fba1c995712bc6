"""Which package managers a build gets, and why.

1. ``packageManager`` of package.json, to the exact version.
2. Else what the lock file was written with, where the host has none that fits.
3. What the commands call and neither the host nor one of the commands provides.
4. The npm packages of ``_LIVE_UPDATES``.

The nearest file wins: the app's folder first, then those above it up to the project's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.toolchain.manager_wish import (
    corepack_lines,
    fits_lock,
    installed_globally,
    lock_file,
    package_manager,
    used,
)
from engine.build.toolchain.managers import Manager, program_version
from engine.errors import BuildError, PrerequisiteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from engine.build.toolchain.commands import Words
    from engine.build.toolchain.managers import Managers
    from engine.build.toolchain.model import Wish
    from engine.build.toolchain.nodes import Node

    Choice = tuple[Wish, Manager]


async def chosen_managers(
    managers: Managers,
    folders: Sequence[Path],
    project: Path,
    commands: Sequence[Words],
    updates: Iterable[Wish],
    node: Node,
    path: str,
) -> list[Choice]:
    """The managers and why each; one of the host's has no ``bin``. Raises what Managers.get raises."""
    found = {wish.tool: (wish, await managers.get(wish)) for wish in updates if wish.tool != "node"}
    pinned = package_manager(folders, project)
    if pinned is not None:
        have = _npm_version(node, path) if pinned.tool == "npm" else program_version(pinned.tool, path)
        if have == pinned.text and not pinned.digest:
            found[pinned.tool] = (pinned, Manager(pinned.tool, have))
        else:
            found[pinned.tool] = (pinned, await managers.get(pinned, pinned.digest))
    elif (lock := lock_file(folders, project, node.version)) and lock.tool not in ("npm", *found):
        await _provide(managers, found, lock, commands, path)
    for wish in used(commands, node.version):
        if wish.tool not in found:
            await _provide(managers, found, wish, commands, path)
    return list(found.values())


async def corepack_managers(managers: Managers, commands: Iterable[Words]) -> dict[str, Path]:
    """What ``corepack`` commands name: ``pnpm@9.15.9`` -> its programs. What cannot be got is left out."""
    found = {}
    for wish in corepack_lines(commands):
        try:
            manager = await managers.get(wish, wish.digest)
        except (PrerequisiteError, BuildError):
            continue
        if manager.bin is not None:
            found[f"{wish.tool}@{wish.text}"] = manager.bin
    return found


async def _provide(
    managers: Managers, found: dict[str, Choice], wish: Wish, commands: Sequence[Words], path: str
) -> None:
    have = program_version(wish.tool, path)
    if have and fits_lock(wish, have):
        found[wish.tool] = (wish, Manager(wish.tool, have))
    elif wish.tool not in installed_globally(commands):
        found[wish.tool] = (wish, await managers.get(wish))


def _npm_version(node: Node, path: str) -> str:
    return program_version("npm", str(node.bin) if node.bin else path)
