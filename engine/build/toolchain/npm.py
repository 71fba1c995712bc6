"""The host's npm, as far as the toolchain needs it: ask the registry, install into a folder."""

from __future__ import annotations

import asyncio
import json
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.build.variables import passed_on
from engine.errors import PrerequisiteError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_QUIET = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
_PATIENCE = (
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=2000",
)  # the default waits a minute without network
_INSTALL = ("--no-save", "--no-package-lock", "--global=false", "--engine-strict=false", "--omit=dev")
_SHOWN = 12  # lines of npm's output that an error shows


class NpmError(Exception):
    """npm is not there, or failed; ``lines`` are the last it printed."""

    def __init__(self, message: str, lines: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.lines = lines

    def about(self, what: str, hint: str = "") -> PrerequisiteError:
        """The error for a user who wants ``what``."""
        return PrerequisiteError(
            f"{what} is not in the cache and could not be got from the npm registry: {self}",
            hint=hint
            or "check the network, the proxy and the registry in ~/.npmrc; what was installed "
            "once is in the user's cache folder and needs no network",
            details=self.lines,
        )


@dataclass(frozen=True)
class Npm:
    """npm with ``variables`` for its whole environment (registry, proxy, certificates: the user's own)."""

    variables: Mapping[str, str]

    async def view(self, package: str) -> tuple[list[str], dict[str, str]]:
        """The versions and the tags (``latest``) of ``package`` in the registry. Raises NpmError."""
        text = await self._run(("view", package, "versions", "dist-tags", "--json"))
        try:
            found: Any = json.loads(text)
            versions = found["versions"]
            return [versions] if isinstance(versions, str) else list(versions), dict(found["dist-tags"])
        except (ValueError, TypeError, KeyError) as error:
            raise NpmError(f"npm told nothing usable of {package}", tuple(text.splitlines())) from error

    async def install(self, folder: Path, packages: Sequence[str], *, scripts: bool = False) -> None:
        """Install ``packages`` into ``folder``; their scripts run only if asked for. Raises NpmError."""
        ignored = () if scripts else ("--ignore-scripts",)
        await self._run(("install", "--prefix", str(folder), *_INSTALL, *ignored, *packages), folder)

    async def clean_install(self, folder: Path) -> None:
        """Install what the lock file of ``folder`` pins; no script of a package runs. Raises NpmError."""
        await self._run(("ci", "--prefix", str(folder), "--ignore-scripts", "--omit=dev"), folder)

    async def pack(self, folder: Path, package: str) -> Path:
        """Put the tarball of ``package`` (exact) into ``folder``. Raises NpmError."""
        text = await self._run(("pack", "--json", "--pack-destination", str(folder), package), folder)
        found = next(folder.glob("*.tgz"), None)
        if found is None:
            raise NpmError(f"npm packed nothing for {package}", tuple(text.splitlines()))
        return found

    async def _run(self, arguments: Sequence[str], folder: Path | None = None) -> str:
        npm = shutil.which("npm", path=self.variables.get("PATH"))
        if npm is None:
            raise NpmError("npm is not on PATH (install Node.js: https://nodejs.org/)")
        child = await asyncio.create_subprocess_exec(
            *(npm, *arguments, *_QUIET, *_PATIENCE),
            env=dict(self.variables),
            cwd=folder,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        )
        try:
            out, errors = await child.communicate()
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode != 0:
            raise _failure(arguments, errors.decode(errors="replace"))
        return out.decode(errors="replace")


def host_npm(host: Mapping[str, str]) -> Npm:
    """npm with what it may know of the environment ``host``, its user's settings among it."""
    home = {"HOME": host["HOME"]} if "HOME" in host else {}
    return Npm({**passed_on(host), **home})


def _failure(arguments: Sequence[str], text: str) -> NpmError:
    lines = [line.removeprefix("npm error ") for line in text.splitlines() if line.startswith("npm error ")]
    told = [line for line in lines if not line.startswith(("A complete log", "code "))] or text.splitlines()
    reason = told[0] if told else "it said nothing"
    return NpmError(f"`npm {arguments[0]}` failed: {reason}", tuple(told[:_SHOWN]))
