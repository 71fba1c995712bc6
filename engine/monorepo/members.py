"""The folders of a workspace: npm's, Yarn's and Bun's ``workspaces``, pnpm's ``pnpm-workspace.yaml``.

Nx and Turborepo stand on these (https://turborepo.dev/docs/crafting-your-repository/structuring-a-repository).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from engine.monorepo.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SKIPPED = ("node_modules", "bower_components")


def members(root: Path) -> tuple[str, ...]:
    """The folders of all packages of the workspace at ``root``, relative with ``/``, sorted.

    Empty where ``root`` is no workspace. The root itself is not among them.
    """
    globs = workspace_globs(root)
    if not globs:
        return ()
    matches = _matcher(globs)
    return tuple(sorted(folder for folder in _packages(root) if matches(folder)))


def workspace_globs(root: Path) -> tuple[str, ...]:
    """The globs of folders, those that begin with ``!`` taking away, as npm, Yarn, Bun or pnpm read them.

    https://docs.npmjs.com/cli/configuring-npm/package-json#workspaces, https://pnpm.io/pnpm-workspace_yaml
    """
    named: Any = read_manifest(root).get("workspaces")
    if isinstance(named, dict):
        named = named.get("packages")
    if not named:
        named = _pnpm(root / "pnpm-workspace.yaml")
    return tuple(glob for glob in named if isinstance(glob, str)) if isinstance(named, list) else ()


def _pnpm(file: Path) -> Any:
    import yaml

    try:
        data = yaml.safe_load(file.read_bytes())
    except (OSError, yaml.YAMLError, ValueError, RecursionError):
        return None
    return data.get("packages") if isinstance(data, dict) else None


def _matcher(globs: tuple[str, ...]) -> Callable[[str], bool]:
    from wcmatch import glob

    flags = glob.GLOBSTAR | glob.BRACE | glob.EXTGLOB | glob.FORCEUNIX
    included = [_tidy(g) for g in globs if not g.startswith("!")]
    excluded = [_tidy(g[1:]) for g in globs if g.startswith("!")]
    wanted = glob.compile(included or ["**"], flags=flags)
    unwanted = glob.compile(excluded, flags=flags) if excluded else None
    return lambda folder: bool(wanted.match(folder)) and not (unwanted and unwanted.match(folder))


def _tidy(pattern: str) -> str:
    return pattern.removeprefix("./").strip("/")


def _packages(root: Path) -> Iterator[str]:
    """Every folder below ``root`` with a package.json, without dependencies and hidden folders."""
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in _SKIPPED and not name.startswith(".")]
        path = os.path.relpath(folder, root).replace(os.sep, "/")
        if path != "." and "package.json" in files:
            yield path
