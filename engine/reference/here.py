"""What a project has for a key, and on which line of which file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.environment.policy import policies
from engine.errors import SpecError, UsageError
from engine.reference.find import below, find, fits
from engine.reference.keys import POLICY_FILE
from engine.reference.model import KeyHere
from engine.reference.words import text_of
from engine.results import Explanation
from engine.spec import files
from engine.spec.node import dotted, short
from engine.spec.reader import contents, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.reference.model import KeyDoc
    from engine.spec.node import Keys, Node


def described(key: str, project: Path, stacks: Path | None = None) -> KeyHere:
    """See :meth:`engine.Engine.describe`."""
    doc = find(key)
    return KeyHere(doc, below(doc), written(doc, project, stacks))


def written(doc: KeyDoc, project: Path, stacks: Path | None = None) -> tuple[Explanation, ...]:
    """Every value that the files of ``project`` have for the key, with ``file:line``.

    Files that are not there, or cannot be read, have none: what is wrong with them is for ``check`` to say.
    """
    if doc.file == POLICY_FILE:
        return tuple(_in_policies(doc, project, stacks))
    try:
        return tuple(_in_file(doc, files.find(project).spec))
    except UsageError:
        return ()


def _in_policies(doc: KeyDoc, project: Path, stacks: Path | None) -> Iterator[Explanation]:
    found = policies(project, stacks)
    for name in sorted(found.names()):
        for file in found.files(name):
            yield from _in_file(doc, file, "policy.", f"policy {name}")


def _in_file(doc: KeyDoc, file: Path, prefix: str = "", name: str = "") -> Iterator[Explanation]:
    try:
        root = parse(contents(file), str(file)).root
    except SpecError:
        return
    for path, node in root.walk():
        if _is(doc.key, path, prefix):
            yield Explanation(name or dotted(path), short(text_of(node.plain())), _place(node))


def _is(key: str, path: Keys, prefix: str) -> bool:
    """Whether ``path`` leads to the key itself, not to an item of it."""
    steps = [step for step in path if isinstance(step, str)]
    own = steps[1:] if steps[:1] == ["applications"] and len(steps) > 1 else steps
    return isinstance(path[-1], str) and fits(key, f"{prefix}{'.'.join(own)}")


def _place(node: Node) -> str:
    return f"{node.where.file}:{node.where.line}"
