"""What the commands of package managers mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LOCKFILES = {
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
    "bun.lock": "bun",
    "bun.lockb": "bun",
}
"""Lockfile -> package manager."""

INSTALL = {
    "npm": "npm ci",
    "pnpm": "pnpm install --frozen-lockfile",
    "yarn": "yarn install --immutable",
    "bun": "bun install --frozen-lockfile",
}
"""How each installs exactly what its lockfile says."""

_INSTALLS = frozenset(
    ("ci", "i", "install", "clean-install", "add", "in", "ins", "install-test", "it", "cit")
)
_FROZEN = {"npm": {"ci", "clean-install", "cit"}, "pnpm": {"--frozen-lockfile"}}
_RUN = frozenset(("run", "run-script"))
_OWN_SCRIPTS = {"npm": frozenset(("test", "t", "restart", "stop")), "pnpm": frozenset(("test", "t"))}
# What every script of that name is called, so that `yarn build` means a script and no program.
_USUAL = frozenset(
    ("build", "test", "lint", "generate", "export", "dev", "typecheck", "build:prod", "build:production")
)
_WITH_VALUE = frozenset(("--prefix", "-C", "--dir", "--cwd", "--loglevel", "--mode", "--cache"))
_ELSEWHERE = frozenset(
    ("-w", "--workspace", "--workspaces", "-ws", "--filter", "-F", "-r", "--recursive", "-g")
)
_LENIENT = frozenset(("--if-present", "--help", "--version"))


def installs(words: Sequence[str]) -> bool:
    """Whether the command installs the app's own packages."""
    if words[0] == "yarn":
        verb = next((word for word in words[1:] if not word.startswith("-")), "install")
        return verb == "install"
    return words[0] in INSTALL and len(words) > 1 and words[1] in _INSTALLS and not _packages(words)


def is_frozen(words: Sequence[str]) -> bool:
    """Whether the command fails without a lockfile of its manager."""
    return installs(words) and bool(_FROZEN.get(words[0], set()) & set(words[1:]))


def script_of(words: Sequence[str]) -> str:
    """The script of package.json that the command runs; "" where it runs none, or not surely one."""
    manager, rest = words[0], _plain(words[1:])
    unsure = {word.partition("=")[0] for word in words} & (_ELSEWHERE | _LENIENT)
    if manager not in INSTALL or not rest or unsure:
        return ""
    if rest[0] in _RUN:
        name = rest[1] if len(rest) > 1 else ""
        return name if manager in ("npm", "pnpm") or name in _USUAL else ""
    if manager != "npm" and rest[0] in _USUAL and (manager != "bun" or rest[0] not in ("build", "test")):
        return rest[0]
    return {"t": "test"}.get(rest[0], rest[0]) if rest[0] in _OWN_SCRIPTS.get(manager, ()) else ""


def _packages(words: Sequence[str]) -> bool:
    return bool(_plain(words[2:])) or bool({"-g", "--global", "--location=global"} & set(words))


def _plain(words: Sequence[str]) -> list[str]:
    """The words that are neither options nor their values."""
    found, skip = [], False
    for word in words:
        if word == "--":
            break
        if not word.startswith("-") and not skip:
            found.append(word)
        skip = word in _WITH_VALUE
    return found
