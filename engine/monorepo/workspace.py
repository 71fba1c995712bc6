"""The packages and applications of a repository, and which needs which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.monorepo.manifest import Package, read_package
from engine.monorepo.members import members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Workspace:
    """``packages`` by folder; applications are among them, whether they have a package.json or not."""

    packages: dict[str, Package]

    def needed_by(self, folder: str) -> dict[str, tuple[str, ...]]:
        """The folders that the package in ``folder`` needs, at any distance: each with the names on the way
        to it, ``("@acme/kit", "@acme/ui")`` where kit needs ui.
        """
        found: dict[str, tuple[str, ...]] = {folder: ()}
        waiting = [folder]
        while waiting:
            at = waiting.pop(0)
            for package in self._direct(at):
                if package.folder not in found:
                    found[package.folder] = (*found[at], package.name or package.folder)
                    waiting.append(package.folder)
        return {there: way for there, way in found.items() if there != folder}

    def unrelated_to(self, folder: str) -> tuple[str, ...]:
        """The folders of the packages that the package in ``folder`` neither needs nor shares a folder with,
        sorted.
        """
        near = (folder, *self.needed_by(folder))
        return tuple(
            sorted(other for other in self.packages if not any(_overlap(other, place) for place in near))
        )

    def owner(self, path: str) -> str | None:
        """The folder of the package that the file at ``path`` is of; None for a file of no package."""
        above = (path[:end] for end in range(len(path) - 1, 0, -1) if path[end] == "/")
        return next((folder for folder in above if folder in self.packages), None)

    def _direct(self, folder: str) -> Iterator[Package]:
        package = self.packages.get(folder, Package(folder))
        for other in self.packages.values():
            if other.name in package.needs or other.folder in package.paths:
                yield other


def read_workspace(root: Path, applications: Iterable[str]) -> Workspace:
    """The workspace at ``root`` (the folder of ``amplify.yml``) with its ``applications`` (``appRoot``)."""
    packages: dict[str, Package] = {}
    waiting = [*members(root), *(folder for folder in applications if folder)]
    while waiting:
        folder = waiting.pop(0)
        if folder not in packages:
            packages[folder] = read_package(root, folder)
            waiting += sorted(p for p in packages[folder].paths if _is_inside(root, p))
    return Workspace(packages)


def _overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/" if other else "") or f"{other}/".startswith(f"{one}/")


def _is_inside(root: Path, folder: str) -> bool:
    return folder not in (".", "..") and not folder.startswith("../") and (root / folder).is_dir()
