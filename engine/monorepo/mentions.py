"""Other packages of the repository that an application's files or commands name, without a dependency.

A relative import, an alias of TypeScript, ``dependsOn`` of Turborepo, ``cd ../api && npm run generate``: none
of these is in a package.json. Naming is taken for needing: a build too many is better than a stale site.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.monorepo.manifest import Package, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from engine.monorepo.workspace import Workspace

# Files at the root that lead from one package to another. Lock files and package.json name every package.
_ROOT_FILES = ("tsconfig*.json", "jsconfig*.json", "turbo.json*", "nx.json", "*.config.*")
_LARGEST = 1_000_000  # bytes of a file that a command names
_BEFORE_NAME = ('"', "'", "`", "~", "filter ", "filter=", "-F ", "-w ", "workspace ", "workspace=")


def with_mentions(
    workspace: Workspace, app_root: str, project: Path, commands: Iterable[str], host: Mapping[str, str]
) -> Workspace:
    """``workspace`` in which the application at ``app_root`` also needs the packages that are named in its
    files, in those of what it needs, in settings at the root of ``project``, and in its ``commands``.
    """
    spoken = "\n".join(_spoken(project, project / app_root, list(commands)))
    while True:
        near = {app_root, *workspace.needed_by(app_root)}
        others = [package for folder, package in workspace.packages.items() if folder not in near]
        found = {package.folder for package in others if _is_spoken_of(package, spoken)}
        found |= _named(project, sorted(near), others, host)
        if not found:
            return workspace
        own = workspace.packages.get(app_root, Package(app_root))
        linked = replace(own, paths=own.paths | found)
        workspace = replace(workspace, packages={**workspace.packages, app_root: linked})


def _spoken(project: Path, app: Path, commands: list[str]) -> Iterator[str]:
    """The commands, the scripts of the root's package.json that they call, and the files that they name."""
    scripts = read_manifest(project).get("scripts")
    waiting = {name: text for name, text in scripts.items() if isinstance(text, str)} if scripts else {}
    while commands:
        yield (text := commands.pop())
        yield from _files_in(text, project.resolve(), app)
        called = [name for name in waiting if re.search(rf"(?<![\w:-]){re.escape(name)}(?![\w:-])", text)]
        commands += [waiting.pop(hook, "") for name in called for hook in (f"pre{name}", name, f"post{name}")]


def _files_in(command: str, project: Path, app: Path) -> Iterator[str]:
    for word in {"Makefile" if word == "make" else word for word in re.split(r"[\s\"'=;&|()]+", command)}:
        for file in {(folder / word).resolve() for folder in (project, app)}:
            if file.is_relative_to(project) and file.is_file() and file.stat().st_size < _LARGEST:
                yield file.read_text(errors="replace")


def _is_spoken_of(package: Package, text: str) -> bool:
    names = "|".join(re.escape(name) for name in (package.folder, package.name) if name)
    return re.search(rf"(?<![\w-])({names})(?![\w-])", text) is not None


def _named(project: Path, near: list[str], others: list[Package], host: Mapping[str, str]) -> set[str]:
    """The folders of those of ``others`` that the files in the folders ``near``, or at the root, name; of all
    of them where git cannot tell.
    """
    meant = {text: package.folder for package in others for text in _texts(package)}
    patterns = [argument for text in meant for argument in ("-e", text)]
    places = [*(f":(literal){folder}" for folder in near), *(f":(glob){name}" for name in _ROOT_FILES)]
    line = ["git", "-C", str(project), "grep", "-IhoF", "--untracked", *patterns, "--", *places]
    environment = {k: host[k] for k in ("PATH", "HOME") if k in host} | {"GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(line, capture_output=True, env=environment, timeout=60) if meant else None
    except (OSError, subprocess.TimeoutExpired):
        return set(meant.values())
    if done is None:
        return set()
    if done.returncode > 1:  # 1 means that nothing was found
        return set(meant.values())
    return {meant[text] for text in set(done.stdout.decode(errors="replace").splitlines())}


def _texts(package: Package) -> Iterator[str]:
    """How a file names ``package``: by its name, by its folder, by a path that leads up and then to it."""
    parts = package.folder.split("/")
    yield from (f"../{'/'.join(parts[at:])}" for at in range(len(parts)))
    if len(parts) > 1:
        yield package.folder
    if "/" in package.name:
        yield package.name
    elif package.name:
        yield from (f"{before}{package.name}" for before in _BEFORE_NAME)
