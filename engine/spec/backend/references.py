"""Names of resources where others refer to them: each must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec import pattern, suggest
from engine.spec.node import Keys, Node, problem, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.errors import Problem

# Where a name of a resource stands, and the section that must have it. A new reference is one line.
_REFERENCES = (
    ("backend.functions.*.triggers.*.queue", "queues"),
    ("backend.functions.*.triggers.*.table", "database"),
    ("backend.functions.*.triggers.*.bucket", "storage"),
    ("backend.api.graphql.resolvers.*.function", "functions"),
    ("backend.api.graphql.resolvers.*.table", "database"),
    ("backend.auth.triggers.*", "functions"),
    ("backend.api.rest.routes.* backend.api.rest.routes.*.function", "functions"),
)
_USES = "backend.functions.*.uses.*"
_SINGLE = ("auth",)  # kinds of which there is one, without a name


def references_to_nothing(root: Node) -> Iterator[Problem]:
    """A problem for each reference to a resource that the backend of the application does not have."""
    for at, section in _REFERENCES:
        for backend, path, node in _found(at, root):
            if node.text:
                yield from _missing(backend, section, node.text, node, path)
    for backend, path, node in _found(_USES, root):
        section, _, name = (node.text or next(iter(node.mapping), "")).partition(".")
        yield from _missing(backend, section, name, node, path)


def _found(at: str, root: Node) -> Iterator[tuple[Node, Keys, Node]]:
    """What stands at the places ``at``, each with the backend it belongs to."""
    for path, node in pattern.matching(_everywhere(at), root):
        yield root.nearest(path[: path.index("backend") + 1]), path, node


def _everywhere(at: str) -> str:
    return " ".join((at, *(f"applications.*.{one}" for one in at.split())))


def _missing(backend: Node, section: str, name: str, node: Node, path: Keys) -> Iterator[Problem]:
    there = backend.child(section)
    if section in _SINGLE:
        if there is None:
            said = f"`{section}` is used, and there is no `backend.{section}`"
            yield problem("no-such-resource", node, path, said, f"Write `{section}:` below `backend:`.")
    elif name not in (known := tuple(there.mapping) if there else ()):
        said = f"there is no `{short(name)}` in `backend.{section}`"
        hint = suggest.hint(name, known) if known else f"Write `{section}:` below `backend:`, and it there."
        yield problem("no-such-resource", node, path, said, hint)
