"""The sections of a file, whichever of its two forms it has, for rules that look at all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec.node import Keys, Node, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GLOB = frozenset("*?[")


def each(root: Node, section: str) -> Iterator[tuple[Keys, Node]]:
    """Every ``section`` of the file, at the root and of each application, with its path."""
    for path, node in [((), root), *entries(root)]:
        if found := node.child(section):
            yield (*path, section), found


def entries(root: Node) -> list[tuple[Keys, Node]]:
    """The entries of ``applications``, with their paths."""
    applications = root.child("applications")
    items = applications.items if applications else ()
    return [(("applications", number), node) for number, node in enumerate(items)]


def repeated(
    named: Iterable[tuple[str, Keys, Node]],
) -> Iterator[tuple[str, Keys, Node, Node]]:
    """Each that has the name of an earlier one, with the first of that name."""
    first: dict[str, Node] = {}
    for name, path, node in named:
        if name in first:
            yield short(name), path, node, first[name]
        first.setdefault(name, node)


def true(node: Node) -> bool:
    """Whether the text of ``node`` is one of YAML's and AWS's words for yes."""
    return node.text.lower() in ("true", "yes", "on", "1", "y", "t")
