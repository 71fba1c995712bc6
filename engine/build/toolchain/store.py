"""Tools in the user's cache folder, each version installed once, from the npm registry."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.events import Progress
from engine.local.folder import alone

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from engine.build.toolchain.npm import Npm
    from engine.events import Emit

_UNFINISHED = ".unfinished-"
_ABANDONED = 3600.0  # seconds after which an unfinished folder is nobody's
STEP = "toolchain"


@dataclass(frozen=True)
class Store:
    """``<folder>/<tool>/<version>/node_modules/.bin`` has the programs of a version, whole or not at all."""

    folder: Path
    npm: Npm
    emit: Emit

    def bin_of(self, tool: str, version: str) -> Path:
        """Where the programs of this version are, or would be."""
        return self.folder / tool / version / "node_modules" / ".bin"

    def has(self, tool: str, version: str) -> bool:
        """Whether this version is here."""
        return self.bin_of(tool, version).is_dir()

    def versions(self, tool: str) -> list[str]:
        """The versions of ``tool`` that are here."""
        return [folder.parent.parent.name for folder in self.folder.glob(f"{tool}/[0-9]*/node_modules/.bin")]

    async def get(
        self,
        tool: str,
        version: str,
        packages: Sequence[str],
        *,
        scripts: bool = False,
        check: Callable[[Path], Awaitable[None]] | None = None,
    ) -> Path:
        """Where the programs of this version are; installed from ``packages`` if they are not here.

        ``check`` looks at what npm installed before it is taken into the store, and raises where it is not
        right. Builds that want the same at once install it once. Raises NpmError and what ``check`` raises.
        """
        found = self.bin_of(tool, version)
        if found.is_dir():
            return found
        home = self.folder / tool
        home.mkdir(parents=True, exist_ok=True)
        async with alone(home):
            if not found.is_dir():
                self.emit(Progress(step=STEP, done=0, total=0, message=f"installing {tool} {version}; once"))
                await self._install(home / version, packages, scripts, check)
        return found

    async def _install(
        self,
        target: Path,
        packages: Sequence[str],
        scripts: bool,
        check: Callable[[Path], Awaitable[None]] | None,
    ) -> None:
        await asyncio.to_thread(_sweep, target.parent)
        fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=_UNFINISHED))
        try:
            await self.npm.install(fresh, packages, scripts=scripts)
            if check is not None:
                await check(fresh / "node_modules")
            fresh.chmod(0o755)
            fresh.rename(target)
        finally:
            await asyncio.to_thread(shutil.rmtree, fresh, True)


def _sweep(folder: Path) -> None:
    for unfinished in folder.glob(f"{_UNFINISHED}*"):
        if time.time() - unfinished.stat().st_mtime > _ABANDONED:
            shutil.rmtree(unfinished, ignore_errors=True)
