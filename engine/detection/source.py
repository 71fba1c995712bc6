"""What detection reads of one app: its package.json and folder, wrong types taken as nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.build.toolchain.manifest import folders_of, package_json, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KINDS = ("dependencies", "devDependencies")
_BETWEEN = re.compile(r"&&|\|\||[;\n]")
_CALL = re.compile(r"\s*(?:npm|pnpm|yarn|bun)(?: run(?:-script)?)? ([\w:.-]+)\s*$")


@dataclass(frozen=True, slots=True)
class Source:
    """The app in ``app_root`` ("" for the root) of the repository ``project``.

    ``folders`` are the app's folder and those above it up to the project's; ``package`` is its package.json.
    """

    project: Path
    app_root: str
    folders: tuple[Path, ...]
    package: dict[str, Any]

    @property
    def folder(self) -> Path:
        """The app's own folder."""
        return self.folders[0]

    @property
    def dependencies(self) -> frozenset[str]:
        """The npm packages that package.json names."""
        tables = (self.package.get(kind) for kind in _KINDS)
        return frozenset(name for table in tables if isinstance(table, dict) for name in table)

    def version(self, package: str) -> str:
        """The version of the npm ``package`` as package.json asks for it; "" where it does not."""
        return next((text for kind in _KINDS if (text := text_in(self.package, kind, package))), "")

    def script(self, name: str) -> str:
        """The script ``name`` of package.json; "" where there is none."""
        return text_in(self.package, "scripts", name)

    def commands(self, name: str) -> tuple[str, ...]:
        """The commands of the script ``name``, those of the scripts that it calls in their places."""
        return tuple(self._commands(name, frozenset()))

    def _commands(self, name: str, callers: frozenset[str]) -> Iterator[str]:
        inside = callers | {name}
        for command in _BETWEEN.split(self.script(name)):
            found = _CALL.match(command)
            called = found[1] if found else ""
            if called not in inside and self.script(called):
                yield from self._commands(called, inside)
            elif command.strip():
                yield command.strip()

    @property
    def is_nx(self) -> bool:
        """Whether the app is an Nx project that has its packages and scripts from the repository's root."""
        own = (self.folder / "project.json").is_file() and not (self.folder / "package.json").is_file()
        return bool(self.app_root) and own


def source_of(project: Path, app_root: str = "") -> Source:
    """What there is to read of the app in ``app_root``, a folder below ``project``."""
    project = project.resolve()
    folders = folders_of(project, app_root)
    source = Source(project, app_root, folders, package_json(folders[0]))
    return replace(source, package=package_json(project)) if source.is_nx else source
