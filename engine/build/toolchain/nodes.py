"""Versions of Node by wish: the host's own if it will do, else one from the npm registry."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.toolchain.host_node import version_of
from engine.build.toolchain.npm import NpmError
from engine.build.toolchain.platforms import node_package
from engine.build.toolchain.versions import best, exact, range_of, satisfies
from engine.errors import PrerequisiteError
from engine.events import Warned

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from engine.build.toolchain.host_node import HostNode
    from engine.build.toolchain.model import Wish
    from engine.build.toolchain.registry import Registry
    from engine.build.toolchain.store import Store

# Which npm runs on which Node (its `engines`), the newest that fits, as Node brings it along itself.
_NPM = (("11", ">=24"), ("10", "^18.17.0 || >=20.5.0"), ("8", ">=16"), ("6", "*"))


@dataclass(frozen=True, slots=True)
class Node:
    """A version of Node. ``bin`` has its programs, and those of an npm that fits; None for the host's own."""

    version: str
    bin: Path | None


@dataclass(frozen=True)
class Nodes:
    """Where versions of Node come from: ``host``, ``store``, ``registry``. ``today`` tells which are LTS."""

    host: HostNode
    store: Store
    registry: Registry
    today: datetime.date

    async def get(self, wish: Wish) -> Node:
        """The Node for ``wish``: the host's if it satisfies it, else the highest in the registry that does.

        Raises PrerequisiteError that names the wish, where there is no such version or it cannot be got.
        """
        wanted = range_of(wish.text, self.today)
        if wanted == "system" or satisfies(self.host.version, wanted):
            return Node(self.host.version, None)
        version = exact(wanted) or await self._picked(wish, wanted)
        return Node(version, await self._installed(wish, version))

    async def _picked(self, wish: Wish, wanted: str) -> str:
        package = node_package()
        try:
            listing = await self.registry.listing(package, wanted=wanted)
        except NpmError as error:
            if found := best(self.store.versions("node"), "*" if wanted == "latest" else wanted):
                self._warn_offline(wish, found)
                return found
            raise error.about(f"Node {wish.text} ({wish.source})") from error
        if found := listing.pick(wanted):
            return found
        raise _unknown(wish, listing.nearest(wanted))

    async def _installed(self, wish: Wish, version: str) -> Path:
        package = node_package()
        packages = (f"{package}@{version}", f"npm@{npm_for(version)}")

        async def check(modules: Path) -> None:
            await asyncio.to_thread(_check, modules / ".bin" / "node", version)

        try:
            return await self.store.get("node", version, packages, check=check)
        except NpmError as error:
            if "ETARGET" in str((error, *error.lines)) or "No matching version" in str(error):
                listing = await self.registry.listing(package, wanted=version)
                raise _unknown(wish, listing.nearest(version)) from error
            raise error.about(f"Node {wish.text} ({wish.source})") from error

    def _warn_offline(self, wish: Wish, version: str) -> None:
        self.store.emit(
            Warned(
                f"the npm registry did not answer: for Node {wish.text} ({wish.source}) the highest in the "
                f"cache is taken, {version}"
            )
        )


def npm_for(version: str) -> str:
    """The major of npm that goes with a version of Node."""
    return next(major for major, fitting in _NPM if satisfies(version, fitting) or fitting == "*")


def _unknown(wish: Wish, nearest: str) -> PrerequisiteError:
    near = f"the nearest there is {nearest}: name that" if nearest else "name a version such as 22"
    return PrerequisiteError(
        f"the npm registry has no Node {wish.text} ({wish.source}) for this machine", hint=near
    )


def _check(node: Path, version: str) -> None:
    found = version_of(node, "/usr/bin:/bin")
    if found == version:
        return
    libatomic = "; since Node 25 it needs libatomic (Debian: `apt-get install libatomic1`)"
    raise PrerequisiteError(
        f"Node {version} was installed but does not run on this machine",
        hint="it is built for Linux with glibc 2.28 or newer, and for macOS"
        + (libatomic if satisfies(version, ">=25") else ""),
    )
