"""What a ``package.json`` says about the other packages of its repository."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
_BY_PATH = ("file:", "link:", "portal:")


@dataclass(frozen=True, slots=True)
class Package:
    """``folder`` counts from the repository's root, with ``/``. ``needs`` holds names of packages,
    ``paths`` the folders of those that are named by path.
    """

    folder: str
    name: str = ""
    needs: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()


def read_package(root: Path, folder: str) -> Package:
    """The package in ``folder`` below ``root``; without a name where there is no package.json to read."""
    data = read_manifest(root / folder)
    needs, paths = set[str](), set[str]()
    for kind in _KINDS:
        for name, version in _texts(data.get(kind)):
            if version.startswith(_BY_PATH):
                paths.add(_joined(folder, version.partition(":")[2]))
            elif version.startswith("workspace:"):
                _workspace(folder, name, version.removeprefix("workspace:"), needs, paths)
            else:
                needs.add(name)
    own = data.get("name")
    return Package(folder, own if isinstance(own, str) else "", frozenset(needs), frozenset(paths))


def read_manifest(folder: Path) -> dict[str, Any]:
    """``package.json`` of ``folder``; empty where there is none, or none that can be read."""
    try:
        data = json.loads((folder / "package.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _workspace(folder: str, name: str, version: str, needs: set[str], paths: set[str]) -> None:
    # `workspace:*`, `workspace:^1`, `workspace:../ui`, `workspace:other-name@*` (https://pnpm.io/workspaces).
    if version.startswith("."):
        paths.add(_joined(folder, version))
    else:
        needs.add(version.rpartition("@")[0] or name)


def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _texts(value: object) -> list[tuple[str, str]]:
    items = value.items() if isinstance(value, dict) else ()
    return [(name, version) for name, version in items if isinstance(version, str)]
