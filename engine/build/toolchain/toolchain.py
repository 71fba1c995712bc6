"""From what the project says to the tools that its commands find."""

from __future__ import annotations

import asyncio
import datetime
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.toolchain.caches import configure_pnpm, manager_variables
from engine.build.toolchain.commands import commands_of
from engine.build.toolchain.host_node import host_node
from engine.build.toolchain.live_updates import live_updates
from engine.build.toolchain.manager_choice import chosen_managers, corepack_managers
from engine.build.toolchain.managers import Managers
from engine.build.toolchain.manifest import folders_of
from engine.build.toolchain.model import Toolchain
from engine.build.toolchain.node_wish import node_wish, nvm_lines
from engine.build.toolchain.nodes import Node, Nodes
from engine.build.toolchain.npm import host_npm
from engine.build.toolchain.platforms import node_package
from engine.build.toolchain.python import python_for
from engine.build.toolchain.registry import Registry
from engine.build.toolchain.remarks import remarks, summary
from engine.build.toolchain.shell_files import Shop, amplify_majors
from engine.build.toolchain.store import Store
from engine.errors import PrerequisiteError
from engine.events import Warned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from engine.build.toolchain.commands import Words
    from engine.build.toolchain.managers import Manager
    from engine.build.toolchain.model import Wish
    from engine.events import Emit
    from engine.spec.model import Spec


@dataclass(frozen=True)
class _Sources:
    """Where tools come from."""

    nodes: Nodes
    managers: Managers


async def toolchain(
    project: Path,
    spec: Spec,
    host: Mapping[str, str],
    cache: Path,
    emit: Emit,
    *,
    scratch: Path,
    variables: Mapping[str, str],
) -> Toolchain:
    """The tools for the commands of ``spec`` in ``project``.

    ``host`` are the environment variables to go by, ``cache`` Windlass's part of the user's cache folder,
    ``scratch`` a folder of this build, ``variables`` the environment that the commands get (for PATH, HOME
    and ``_LIVE_UPDATES``). Which Node: :mod:`engine.build.toolchain.node_wish`; which package manager:
    :mod:`engine.build.toolchain.manager_choice`. What the host has is used where it will do; then nothing is
    downloaded and no process started. ``emit`` gets Warned and Progress (step ``toolchain``) events. Raises
    PrerequisiteError that names what cannot be got, and BuildError for a manager that is not what is pinned.
    """
    folders, path = folders_of(project, spec.app_root), variables.get("PATH", os.defpath)
    commands = commands_of(spec)
    sources = await _sources(host, cache, path, emit)
    updates = live_updates(variables, emit)
    lines = nvm_lines(commands, amplify_majors() | dict(variables))
    wish = node_wish(folders, project, updates, lines)
    node = await _node(sources.nodes, wish, emit)
    managers = await chosen_managers(sources.managers, folders, project, commands, updates, node, path)
    shop = Shop(
        folder=scratch / "toolchain",
        store=sources.nodes.store.folder,
        package=_package(),
        host=sources.nodes.host,
        known=await _known(sources, wish, node, lines, commands, scratch / "toolchain" / "host"),
        today=sources.nodes.today,
    )
    await asyncio.to_thread(_write, shop, managers, cache, variables)
    python = await python_for(commands, shop.folder / "python", variables, emit)
    on_path = (*shop.path(node.bin), *([python.bin] if python else []))
    for remark in remarks(managers, node.version, commands, os.pathsep.join((*map(str, on_path), path))):
        emit(remark)
    caches = manager_variables(cache, shop.folder, managers, folders)
    return Toolchain(
        path=on_path,
        variables={
            **amplify_majors(),
            **shop.variables(node),
            **caches,
            **(python.variables(cache) if python else {}),
        },
        prelude=shop.prelude,
        node=node.version,
        summary=summary(wish, node, managers, python),
        node_file=shop.folder / "node-version",
        read=(shop.store, *shop.host.folders, *([python.base] if python else [])),
        written=tuple(cache / name for name in ("npm", "pnpm", "yarn", "bun", "pip")),
    )


async def _sources(host: Mapping[str, str], cache: Path, path: str, emit: Emit) -> _Sources:
    npm = host_npm(host)
    store = Store(cache / "toolchains", npm, emit)
    registry = Registry(store.folder / "registry", npm)
    found = await host_node(path, store.folder / "host.json")
    today = datetime.datetime.now(datetime.UTC).date()
    return _Sources(Nodes(found, store, registry, today), Managers(store, registry))


async def _node(nodes: Nodes, wish: Wish | None, emit: Emit) -> Node:
    if wish is None:
        return Node(nodes.host.version, None)
    try:
        return await nodes.get(wish)
    except PrerequisiteError as error:
        if wish.strict or not nodes.host.version:
            raise
        used = f"Node {nodes.host.version} of this machine is used"
        emit(Warned(f"{error.message}; {used}", hint=error.hint))
        return Node(nodes.host.version, None)


async def _known(
    sources: _Sources,
    wish: Wish | None,
    node: Node,
    lines: Iterable[Wish],
    commands: Iterable[Words],
    host_bin: Path,
) -> dict[str, Path]:
    """The ``known`` of the shop: what the commands name. What cannot be got fails when it runs."""
    found = {f"node@{_plain(wish.text)}": node.bin or host_bin} if wish else {}
    for text, line in {_plain(line.text): line for line in lines}.items():
        if f"node@{text}" not in found:
            try:
                found[f"node@{text}"] = (await sources.nodes.get(line)).bin or host_bin
            except PrerequisiteError:
                continue
    return found | await corepack_managers(sources.managers, commands)


def _plain(text: str) -> str:
    return re.sub(r"^v(?=\d)", "", text.lower())


def _package() -> str:
    try:
        return node_package()
    except PrerequisiteError:
        return ""


def _write(
    shop: Shop, managers: Iterable[tuple[Wish, Manager]], cache: Path, variables: Mapping[str, str]
) -> None:
    home = shop.folder.parent / "home"
    shop.write(home)
    if variables.get("HOME") == str(home):
        configure_pnpm(home, cache)
    for _, manager in managers:
        if manager.bin is not None:
            shop.link(manager.bin)
