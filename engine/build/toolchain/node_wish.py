"""Which Node the project wants, and who says so.

The first that says anything wins:

1. ``_LIVE_UPDATES``, as at Amplify;
2. in the app's folder and then in each above it up to the project's: ``.nvmrc``, ``.node-version``,
   ``volta.node`` of package.json;
3. the first ``nvm use`` or ``nvm install`` among the commands that names a version, so that what runs before
   that line runs with the same;
4. ``engines.node`` of package.json, in the same folders: it says what will do, so it comes last.

Every ``nvm use`` among the commands switches all the same when it runs.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from engine.build.toolchain.manifest import first_line, named, package_json, text_in
from engine.build.toolchain.model import Wish

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from engine.build.toolchain.commands import Words

_SWITCHES = frozenset({"use", "install", "i", "exec", "run"})
FILES = (".nvmrc", ".node-version")


def node_wish(
    folders: Iterable[Path], project: Path, updates: Iterable[Wish], lines: Iterable[Wish]
) -> Wish | None:
    """The wish that wins (see the module); None where nobody says anything.

    ``folders`` are those of :func:`engine.build.toolchain.manifest.folders_of`, ``updates`` of
    :func:`engine.build.toolchain.live_updates.live_updates`, ``lines`` of :func:`nvm_lines`.
    """
    folders = tuple(folders)
    asked = (wish for wish in updates if wish.tool == "node")
    pinned = (wish for folder in folders for wish in _pins(folder, project))
    fitting = (wish for folder in folders for wish in _engines(folder, project))
    return next((wish for group in (asked, pinned, lines, fitting) for wish in group), None)


def nvm_lines(commands: Iterable[Words], variables: Mapping[str, str]) -> tuple[Wish, ...]:
    """What ``nvm use`` and its like name among the commands, in order; ``$NAME`` is of ``variables``."""
    found = (_named(words, variables) for words in commands if words[0] == "nvm")
    return tuple(Wish("node", text, "nvm in the commands", strict=False) for text in found if text)


def _pins(folder: Path, project: Path) -> Iterator[Wish]:
    for name in FILES:
        if text := first_line(folder / name):
            yield Wish("node", text, named(folder / name, project))
    if text := text_in(package_json(folder), "volta", "node"):
        yield Wish("node", text, f"volta in {named(folder / 'package.json', project)}")


def _engines(folder: Path, project: Path) -> Iterator[Wish]:
    if text := text_in(package_json(folder), "engines", "node"):
        source = f"engines in {named(folder / 'package.json', project)}"
        yield Wish("node", text, source, strict=False)


def _named(words: Words, variables: Mapping[str, str]) -> str:
    if len(words) < 3 or words[1] not in _SWITCHES:
        return ""
    for word in words[2:]:
        if word == "--lts":
            return "lts/*"
        if word.startswith("--lts="):
            return f"lts/{word.removeprefix('--lts=')}"
        if not word.startswith("-"):
            text = string.Template(word).safe_substitute(variables)
            return "" if set(text) & set("$`<>{}") else text
    return ""
