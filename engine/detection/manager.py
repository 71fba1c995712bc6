"""The package manager of an app: by ``packageManager``, by its lockfile, else npm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.toolchain.manager_wish import CLASSIC, lock_file, package_manager
from engine.detection.model import Evidence

if TYPE_CHECKING:
    from engine.build.toolchain.model import Wish
    from engine.detection.source import Source


@dataclass(frozen=True, slots=True)
class Manager:
    """``install`` is for a build with a lockfile, ``loose`` for one without; ``run`` starts a script of
    package.json, ``execute`` an installed program. ``one`` starts a script of one package of a workspace, and
    of those that it needs first; ``other`` builds another package, by its name or the way to its folder.
    """

    name: str
    install: str
    loose: str
    run: str
    execute: str
    one: str = ""
    other: str = ""
    cache: tuple[str, ...] = ()


MANAGERS = (
    Manager(
        "npm",
        "npm ci --cache .npm --prefer-offline",
        "npm install",
        "npm run",
        "npx",
        other="npm --prefix {folder} run build",
        cache=(".npm/**/*",),
    ),
    Manager(
        "pnpm",
        "pnpm install --frozen-lockfile",
        "pnpm install",
        "pnpm run",
        "pnpm exec",
        one="pnpm --filter {name}... run",
    ),
    Manager(
        "yarn",
        "yarn install --immutable",
        "yarn install",
        "yarn run",
        "yarn run",
        other="yarn workspace {name} run build",
    ),
    Manager(
        "bun",
        "bun install --frozen-lockfile",
        "bun install",
        "bun run",
        "bunx",
        other="bun run --cwd {folder} build",
    ),
)
_CLASSIC_INSTALL = "yarn install --frozen-lockfile"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A manager, the command that installs with it, and the evidence. ``locked``: there is a lockfile."""

    manager: Manager
    install: str
    locked: bool
    evidence: Evidence


def manager_of(source: Source) -> Chosen:
    """The manager of the app, whose files may stand in any folder up to the project's."""
    pinned = package_manager(source.folders, source.project)
    lock = lock_file(source.folders, source.project, "")
    wish = pinned or lock
    manager = next((m for m in MANAGERS if wish and m.name == wish.tool), MANAGERS[0])
    locked = lock is not None and lock.tool == manager.name
    install = _install(manager, wish, locked=locked)
    return Chosen(manager, install, locked, Evidence("package manager", manager.name, _why(wish, lock)))


def _install(manager: Manager, wish: Wish | None, *, locked: bool) -> str:
    if not locked:
        return manager.loose
    classic = manager.name == "yarn" and wish and wish.text.startswith(CLASSIC.split(".")[0] + ".")
    return _CLASSIC_INSTALL if classic else manager.install


def _why(wish: Wish | None, lock: Wish | None) -> str:
    if wish is None:
        return "no lockfile and no packageManager: npm is usual"
    if lock is None:
        return f"{wish.source}; no lockfile"
    return wish.source if wish is lock else f"{wish.source}; {lock.source}"
