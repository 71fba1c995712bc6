"""Package managers by wish, each version from the npm registry."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.build.toolchain.npm import NpmError
from engine.build.toolchain.versions import best, exact
from engine.errors import BuildError, PrerequisiteError

if TYPE_CHECKING:
    from engine.build.toolchain.model import Wish
    from engine.build.toolchain.registry import Registry
    from engine.build.toolchain.store import Store

_BERRY = "@yarnpkg/cli-dist"  # Yarn 2 and later; `yarn` is Yarn 1
_NEWEST_BERRY = frozenset({"stable", "berry"})
_NEEDS_SCRIPTS = frozenset({"bun"})  # its install script puts the program for this machine in place


@dataclass(frozen=True, slots=True)
class Manager:
    """A package manager, or another tool of the npm registry. ``bin`` has its programs, ``package`` its
    package.json; both are None for what the host has.
    """

    name: str
    version: str
    bin: Path | None = None
    package: Path | None = None


@dataclass(frozen=True)
class Managers:
    """Where package managers come from."""

    store: Store
    registry: Registry

    async def get(self, wish: Wish, digest: str = "") -> Manager:
        """The manager (or tool) for ``wish``. Raises PrerequisiteError that names it where it cannot be got,
        and BuildError where it is not what ``digest`` (``sha512.0f...``) says.
        """
        package, wanted = _package(wish)
        try:
            version = exact(wanted) or await self._picked(wish, package, wanted)
            programs = await self._installed(wish, package, version, digest)
            return Manager(wish.tool, version, programs, programs.parent / package)
        except NpmError as error:
            raise error.about(str(wish), _version_hint(error)) from error

    async def _picked(self, wish: Wish, package: str, wanted: str) -> str:
        try:
            listing = await self.registry.listing(package, wanted=wanted)
        except NpmError:
            if found := best(self.store.versions(_folder(package)), "*" if wanted == "latest" else wanted):
                return found
            raise
        if found := listing.pick(wanted):
            return found
        raise PrerequisiteError(
            f"the npm registry has no {wish.tool} {wish.text} ({wish.source})",
            hint=f"the newest is {listing.tags.get('latest', 'not known')}",
        )

    async def _installed(self, wish: Wish, package: str, version: str, digest: str) -> Path:
        scripts = package in _NEEDS_SCRIPTS
        name, folder = f"{package}@{version}", _folder(package)
        if not digest or package in _NEEDS_SCRIPTS:
            return await self.store.get(folder, version, (name,), scripts=scripts)
        checked = f"{version}+{digest}"
        if self.store.has(folder, checked):
            return self.store.bin_of(folder, checked)
        if package == _BERRY:  # the hash is that of the one file that Yarn is

            async def check(modules: Path) -> None:
                await asyncio.to_thread(_check, modules / _BERRY / "bin" / "yarn.js", wish, digest)

            return await self.store.get(folder, checked, (name,), check=check)
        return await self._packed(wish, name, folder, checked, digest)

    async def _packed(self, wish: Wish, name: str, folder: str, checked: str, digest: str) -> Path:
        scratch = Path(await asyncio.to_thread(tempfile.mkdtemp))
        try:
            tarball = await self.registry.npm.pack(scratch, name)
            await asyncio.to_thread(_check, tarball, wish, digest)
            return await self.store.get(folder, checked, (str(tarball),))
        finally:
            await asyncio.to_thread(shutil.rmtree, scratch, True)


def program_version(program: str, path: str) -> str:
    """The version of a package manager on ``path``, told from its package.json and without a process.

    "" where it is not there, or is a shim of corepack, which needs hosts that are not always in reach.
    """
    found = shutil.which(program, path=path)
    if found is None:
        return ""
    for folder in list(Path(found).resolve().parents)[:4]:
        try:
            about = json.loads((folder / "package.json").read_text())
        except (OSError, ValueError):
            continue
        if isinstance(about, dict) and "version" in about:
            return "" if about.get("name") == "corepack" else str(about["version"])
    return "0.0.0"  # there, and nobody says which


def _package(wish: Wish) -> tuple[str, str]:
    if wish.tool != "yarn":
        return wish.tool, wish.text
    if wish.text in _NEWEST_BERRY:
        return _BERRY, "latest"
    if wish.text == "classic":
        return "yarn", "latest"
    major = re.search(r"\d+", wish.text)
    return (_BERRY if major and int(major[0]) >= 2 else "yarn"), wish.text


def _folder(package: str) -> str:
    return "yarn" if package == _BERRY else package.replace("/", "+")


def _check(file: Path, wish: Wish, digest: str) -> None:
    name, _, wanted = digest.partition(".")
    try:
        found = hashlib.new(name, file.read_bytes()).hexdigest()
    except ValueError:
        raise BuildError(
            f"{wish.source} pins {wish.tool} with an unknown hash `{name}`",
            hint="write sha512, or leave it out",
        ) from None
    if found != wanted:
        raise BuildError(
            f"{wish.tool} {wish.text} from the npm registry is not what {wish.source} pins",
            hint=f"if you trust it, write the hash it has, or none: {wish.tool}@{wish.text}+{name}.{found}",
        )


def _version_hint(error: NpmError) -> str:
    gone = "ETARGET" in str(error) or "No matching version" in str(error) or "notarget" in str(error)
    return "there is no such version: name one that is there" if gone else ""
