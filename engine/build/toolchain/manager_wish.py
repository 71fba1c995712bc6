"""Which package manager the project wants: by ``packageManager``, its lock file, its commands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.toolchain.manifest import named, package_json, text_in
from engine.build.toolchain.model import Wish
from engine.build.toolchain.versions import satisfies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from engine.build.toolchain.commands import Words

CLASSIC = "1.22.22"  # the last of Yarn 1
_SPEC = re.compile(r"(npm|pnpm|yarn|bun)@([^+\s]+)(?:\+([a-z0-9]+)\.([0-9a-f]+))?")
_PROGRAMS = {"pnpm": "pnpm", "pnpx": "pnpm", "yarn": "yarn", "bun": "bun", "bunx": "bun"}
_PNPM_BY_LOCK = {"5.3": "6", "5": "7", "6": "8"}  # https://github.com/pnpm/spec/tree/master/lockfile
_BERRY_BY_LOCK = {"4": "2", "5": "3", "6": "3"}  # `__metadata.version` -> major
_ABOUT_PACKAGES = frozenset({"packages", "catalog", "catalogs"})


@dataclass(frozen=True, slots=True)
class ManagerWish(Wish):
    """A wish for a package manager; ``digest`` is the hash that ``packageManager`` pins (``sha512.0f..``)."""

    digest: str = ""


def package_manager(folders: Iterable[Path], project: Path) -> ManagerWish | None:
    """The ``packageManager`` of the nearest package.json that has one; None for one that is not known."""
    for folder in folders:
        if text := text_in(package_json(folder), "packageManager"):
            source = f"packageManager in {named(folder / 'package.json', project)}"
            return parsed(text, source)
    return None


def parsed(spec: str, source: str) -> ManagerWish | None:
    """``pnpm@9.15.9+sha512.0f...`` as a wish; None for anything else (an address, an unknown manager)."""
    found = _SPEC.fullmatch(spec)
    if found is None or "/" in found[2]:
        return None
    return ManagerWish(found[1], found[2], source, digest=f"{found[3]}.{found[4]}" if found[3] else "")


def lock_file(folders: Iterable[Path], project: Path, node: str) -> Wish | None:
    """The manager that the nearest lock file needs, in a version that writes such files."""
    for folder in folders:
        for wish in _locks(folder, project, node):
            return wish
    return None


def used(commands: Iterable[Words], node: str) -> tuple[Wish, ...]:
    """The managers that the commands call, each in the version that is usual for ``node``."""
    names = {_PROGRAMS[words[0]]: words[0] for words in commands if words[0] in _PROGRAMS}
    usual = {"pnpm": _usual_pnpm(node), "yarn": CLASSIC, "bun": "latest"}
    return tuple(
        Wish(tool, usual[tool], f"the commands call {name}", strict=False) for tool, name in names.items()
    )


def corepack_lines(commands: Iterable[Words]) -> tuple[ManagerWish, ...]:
    """What ``corepack prepare``, ``use`` and ``install`` name among the commands."""
    specs = (word for words in commands if words[0] == "corepack" for word in words[2:])
    return tuple(wish for spec in specs if (wish := parsed(spec, f"corepack {spec}")))


def installed_globally(commands: Iterable[Words]) -> frozenset[str]:
    """The names of what the commands install with ``npm i -g`` and its like, without versions."""
    found = set()
    for words in commands:
        if words[0] in ("npm", "pnpm") and {"-g", "--global", "--location=global"} & set(words):
            found |= {re.sub(r"(?<=.)@.*", "", word) for word in words[2:]}
    return frozenset(found)


def fits_lock(wish: Wish, version: str) -> bool:
    """Whether a manager of ``version`` that the host has will do for the ``wish`` of a lock file."""
    if wish.tool == "pnpm":
        return satisfies(version, ">=9" if wish.text in ("9", "10") else wish.text)
    if wish.tool == "yarn":
        return satisfies(version, "1" if wish.text == CLASSIC else ">=2")
    return True


def _locks(folder: Path, project: Path, node: str) -> Iterator[Wish]:
    if head := _head(folder / "pnpm-lock.yaml"):
        asked = text_in(package_json(folder), "engines", "pnpm")
        text = asked or _pnpm_for(head, _has_settings(folder), node)
        yield _wish("pnpm", text, folder / "pnpm-lock.yaml", project)
    if head := _head(folder / "yarn.lock"):
        yield _wish("yarn", _yarn_for(head), folder / "yarn.lock", project)
    for name in ("bun.lock", "bun.lockb"):
        if (folder / name).is_file():
            yield _wish("bun", "1", folder / name, project)
    if (folder / "package-lock.json").is_file():
        yield _wish("npm", "*", folder / "package-lock.json", project)


def _wish(tool: str, text: str, file: Path, project: Path) -> Wish:
    return Wish(tool, text, named(file, project), strict=False)


def _pnpm_for(head: str, settings: bool, node: str) -> str:
    found = re.search(r"^lockfileVersion: *['\"]?((\d+)(?:\.\d+)?)", head, re.MULTILINE)
    if found and (major := _PNPM_BY_LOCK.get(found[1]) or _PNPM_BY_LOCK.get(found[2])):
        return major
    # pnpm 10 reads settings from pnpm-workspace.yaml, pnpm 9 would leave them out.
    return _usual_pnpm(node) if settings else "9"


def _usual_pnpm(node: str) -> str:
    # By the `engines` of pnpm; 11 and 12 refuse dependencies whose build scripts nobody approved.
    return next((m for m, n in (("10", ">=18.12"), ("8", ">=16.14")) if not node or satisfies(node, n)), "7")


def _yarn_for(head: str) -> str:
    berry = re.search(r"^__metadata:\s+version: *['\"]?(\d+)", head, re.MULTILINE)
    return _BERRY_BY_LOCK.get(berry[1], "4") if berry else CLASSIC


def _has_settings(folder: Path) -> bool:
    keys = set(re.findall(r"^([A-Za-z]\w*):", _head(folder / "pnpm-workspace.yaml"), re.MULTILINE))
    return bool(keys - _ABOUT_PACKAGES)


def _head(file: Path) -> str:
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as text:
            return text.read(4096)
    except OSError:
        return ""
