"""A YAML document as plain values that remember where they stood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.errors import Problem, Where

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Keys: TypeAlias = tuple[str | int, ...]
"""Keys and item numbers from the root, e.g. ``("applications", 0, "appRoot")``."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value: text, None, a mapping or a list. ``where`` is its key's place, or its own in a list.

    Every scalar is text as it was written (``20.10`` stays ``20.10``, ``yes`` stays ``yes``): what it means
    is for the models to say. ``size`` is the number of nodes in it.
    """

    value: str | dict[str, Node] | tuple[Node, ...] | None
    where: Where
    size: int = 1

    @property
    def mapping(self) -> dict[str, Node]:
        """The entries of a mapping; nothing for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a list; nothing for any other value."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def text(self) -> str:
        """The text of a scalar; empty for any other value."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def kind(self) -> str:
        """What it is, in words for a message."""
        if self.value is None:
            return "nothing"
        if isinstance(self.value, str):
            return "text"
        return "a mapping" if isinstance(self.value, dict) else "a list"

    def children(self) -> Iterator[tuple[str | int, Node]]:
        """The entries or items, each with its key or number."""
        yield from self.mapping.items()
        yield from enumerate(self.items)

    def child(self, step: str | int) -> Node | None:
        """The entry or item under ``step``, if there is one."""
        if isinstance(step, str):
            return self.mapping.get(step)
        return self.items[step] if 0 <= step < len(self.items) else None

    def get(self, path: Keys) -> Node | None:
        """The node at ``path``, if there is one."""
        node: Node | None = self
        for step in path:
            node = node.child(step) if node else None
        return node

    def nearest(self, path: Keys) -> Node:
        """The node at ``path``, or the last one on the way to it."""
        node = self
        for step in path:
            node = node.child(step) or node
        return node

    def walk(self, path: Keys = ()) -> Iterator[tuple[Keys, Node]]:
        """Every node below this one with its path, parents first, in the order of the file."""
        for step, node in self.children():
            yield (*path, step), node
            yield from node.walk((*path, step))

    def plain(self) -> Any:
        """The value without places: dicts, lists, texts, None."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.items] if isinstance(self.value, tuple) else self.value


def put(root: Node, path: Keys, node: Node) -> Node:
    """``root`` with ``node`` at ``path``. Mappings on the way to it are made."""
    if not path:
        return node
    step, rest = path[0], path[1:]
    changed = put(root.child(step) or Node({}, node.where), rest, node)
    if isinstance(step, int):
        return replace(root, value=(*root.items[:step], changed, *root.items[step + 1 :]))
    entries: dict[str, Node] = {**root.mapping, step: changed}
    return replace(root, value=entries)


def cut(root: Node, path: Keys) -> Node:
    """``root`` without the key at ``path``."""
    holder = root.nearest(path[:-1])
    left = {key: node for key, node in holder.mapping.items() if key != path[-1]}
    return put(root, path[:-1], replace(holder, value=left))


def without(root: Node, gone: Collection[Keys], path: Keys = ()) -> Node:
    """``root`` without the keys at the paths ``gone``; one pass, however many."""
    if isinstance(root.value, tuple):
        items = (without(node, gone, (*path, i)) for i, node in enumerate(root.items))
        return replace(root, value=tuple(items))
    if isinstance(root.value, dict):
        left = {key: node for key, node in root.mapping.items() if (*path, key) not in gone}
        return replace(root, value={key: without(node, gone, (*path, key)) for key, node in left.items()})
    return root


def dotted(path: Keys) -> str:
    """``("applications", 0, "appRoot")`` -> ``applications[0].appRoot``; a key with other signs is quoted."""
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{_step(step)}" for step in path)
    return shown.removeprefix(".")


def short(text: str, limit: int = 60) -> str:
    """``text`` on one line, cut to ``limit`` characters, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def problem(
    rule: str, node: Node, path: Keys, message: str, hint: str = "", *, severity: str = "error"
) -> Problem:
    """A :class:`~engine.errors.Problem` at the place of ``node``."""
    return Problem(rule, message, node.where, hint, dotted(path), severity)


def _step(key: str) -> str:
    shown = short(key, 40)
    return shown if re.fullmatch(r"[\w/-]+", shown) else f'"{shown}"'
