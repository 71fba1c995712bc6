"""The commands of a spec as they would run: each with the folder it runs in, as far as that can be told."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.model import SECTIONS
from engine.build.steps import steps_of, where_of
from engine.build.toolchain.commands import simple_commands
from engine.errors import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.build.model import Section
    from engine.build.steps import Step
    from engine.spec.model import Spec

_UNKNOWN = "?"
_IN_FOLDER = {"npm": ("--prefix", "-C"), "pnpm": ("--dir", "-C"), "yarn": ("--cwd",), "bun": ("--cwd",)}


@dataclass(frozen=True, slots=True)
class Call:
    """One simple command. ``folder`` counts from the project's, "" being that; None where it depends on what
    runs. ``alone`` says that its failure ends the build: nothing like ``||`` or ``if`` is around it.
    """

    words: tuple[str, ...]
    folder: str | None
    step: Step
    where: Where
    alone: bool


def calls_of(spec: Spec, app: str, working: str) -> tuple[Call, ...]:
    """Every simple command of ``spec``. ``app`` is the application's folder, ``working`` the frontend's."""
    begin = {section: app if section.startswith("backend") else working for section in SECTIONS}
    return tuple(call for section in SECTIONS for call in _in_section(spec, section, begin[section]))


def _in_section(spec: Spec, section: Section, folder: str) -> Iterator[Call]:
    # One bash runs the whole section, so a `cd` holds for what comes after it.
    for step in steps_of(spec, section):
        where = where_of(spec, step.key) or Where(spec.file)
        alone = not _is_guarded(step.command)
        for words in simple_commands(step.command):
            if words[0] == "cd":
                folder = _entered(folder, words) if "(" not in step.command else _UNKNOWN
            elif words[0] in ("pushd", "popd"):
                folder = _UNKNOWN
            yield Call(words, _named(words, folder), step, where, alone)


def _is_guarded(command: str) -> bool:
    return (
        "||" in command or "<<" in command or any(word in command.split() for word in ("if", "for", "case"))
    )


def _entered(folder: str, words: tuple[str, ...]) -> str:
    if folder == _UNKNOWN or len(words) != 2 or words[1][0] in "~/-" or set("$`*") & set(words[1]):
        return _UNKNOWN
    found = posixpath.normpath(posixpath.join(folder, words[1]))
    return _UNKNOWN if found.startswith("..") else found.removeprefix(".").removeprefix("/")


def _named(words: tuple[str, ...], folder: str) -> str | None:
    for option in _IN_FOLDER.get(words[0], ()):
        for at, word in enumerate(words):
            if word == option and at + 1 < len(words):
                folder = _entered(folder, ("cd", words[at + 1]))
            elif word.startswith(f"{option}="):
                folder = _entered(folder, ("cd", word.partition("=")[2]))
    return None if folder == _UNKNOWN else folder
