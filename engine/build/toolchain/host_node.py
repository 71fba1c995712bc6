"""The Node that the host has."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROGRAMS = ("node", "npm", "npx")


@dataclass(frozen=True, slots=True)
class HostNode:
    """``version`` is "" without a Node; ``programs`` are node, npm and npx, as far as they are there."""

    version: str = ""
    programs: Mapping[str, Path] = field(default_factory=dict)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that these programs are made of: where Node was installed to, and npm's own."""
        return tuple(dict.fromkeys(program.resolve().parents[1] for program in self.programs.values()))


async def host_node(path: str, memory: Path) -> HostNode:
    """:func:`read_host_node`, without keeping an event loop waiting."""
    import asyncio

    return await asyncio.to_thread(read_host_node, path, memory)


def read_host_node(path: str, memory: Path) -> HostNode:
    """What is on ``path``. Its version is kept in the file ``memory``, so that no process is started for a
    binary that has not changed.
    """
    found = {name: Path(file) for name in _PROGRAMS if (file := shutil.which(name, path=path))}
    if "node" not in found:
        return HostNode()
    node = found["node"].resolve()
    mark = _mark(node)
    known = _read(memory)
    if mark and known.get("mark") == mark:
        return HostNode(str(known["version"]), found)
    version = version_of(found["node"], path)
    if mark and version:
        _write(memory, {"mark": mark, "version": version})
    return HostNode(version, found) if version else HostNode()


def version_of(node: Path, path: str) -> str:
    """What ``node --version`` says, without the ``v``; "" where it does not run."""
    try:
        done = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=30, env={"PATH": path}, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip().removeprefix("v")


def _mark(node: Path) -> str:
    # A script (asdf, nodenv, volta) stands for another version in another folder.
    with node.open("rb") as file:
        if file.read(2) == b"#!":
            return ""
    status = node.stat()
    return f"{node}:{status.st_size}:{status.st_mtime_ns}"


def _read(memory: Path) -> dict[str, object]:
    try:
        found = json.loads(memory.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("version"), str) else {}


def _write(memory: Path, known: dict[str, str]) -> None:
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps(known))
