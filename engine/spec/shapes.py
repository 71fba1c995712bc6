"""Shapes that files in the wild have and Amplify's format has not: each with its own words.

What can mean only one thing is read that way, with a warning (``to`` or ``into`` says how); the rest is an
error that says what to write. They come from AWS's own pages, public repositories and issue threads. A new
rule is one entry; they are tried in their order, each on what those before it left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.spec import pattern
from engine.spec.node import Keys, Node, cut, dotted, problem, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.errors import Problem

DROPPED: Keys = ()


def _always(node: Node) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Shape:
    """``at``: patterns (:mod:`engine.spec.pattern`) inside an application. ``when``: of the value there.

    ``to`` makes the path where the value belongs (:data:`DROPPED`: nowhere); ``into`` makes the value meant.
    A shape with neither is an error. ``scope``: "file" for the top level alone, "application" for an entry
    of ``applications`` alone.
    """

    rule: str
    at: str
    message: str
    hint: str
    when: Callable[[Node], bool] = _always
    to: Callable[[Keys], Keys] | None = None
    into: Callable[[Node], Node] | None = None
    scope: str = ""


def _is_list(node: Node) -> bool:
    return isinstance(node.value, tuple)


def _is_text(node: Node) -> bool:
    return isinstance(node.value, str)


def _is_not_text(node: Node) -> bool:
    return not _is_text(node)


def _is_mapping(node: Node) -> bool:
    return isinstance(node.value, dict)


def _is_commands(node: Node) -> bool:
    return bool(node.text) or (bool(node.items) and all(_is_text(item) for item in node.items))


def _under(key: str) -> Callable[[Node], Node]:
    return lambda node: replace(node, value={key: node}, size=node.size + 1)


_PHASE = "preBuild|build|postBuild|preTest|postTest"

SHAPES = (
    Shape(
        "lower-case-build-path",
        "frontend.buildpath",
        "is written `buildPath`",
        "Write `buildPath:`; AWS's pages have both.",
        to=lambda path: ("frontend", "buildPath"),
    ),
    Shape(
        "phase-without-phases",
        f"backend|frontend.preBuild|build|postBuild test.{_PHASE}|test",
        "stands outside `phases:` and is read as if inside",
        "Put a line `phases:` above it and indent it by two.",
        to=lambda path: (path[0], "phases", *path[1:]),
    ),
    Shape(
        "inside-phases",
        "frontend|test.phases.artifacts|cache",
        "stands inside `phases:` and is read as if outside",
        "Indent it by two less.",
        to=lambda path: (path[0], path[2]),
    ),
    Shape(
        "inside-phases",
        "frontend|test.phases.baseDirectory|files",
        "stands inside `phases:` and is read as part of `artifacts:`",
        "Put a line `artifacts:` above it, as deep as `phases:`.",
        to=lambda path: (path[0], "artifacts", path[2]),
    ),
    Shape(
        "headers-in-frontend",
        "frontend.customHeaders",
        "belongs beside `frontend:` and is read as if there",
        "Move it out of `frontend:`, or into customHttp.yml.",
        when=_is_not_text,
        to=lambda path: ("customHeaders",),
    ),
    Shape(
        "headers-file-named",
        "customHeaders frontend.customHeaders",
        "names a file; Windlass reads customHttp.yml by itself",
        "Take the line out.",
        when=_is_text,
        to=lambda path: DROPPED,
    ),
    Shape(
        "misplaced-app-root",
        "frontend.appRoot",
        "belongs beside `frontend:` and is read as if there",
        "Write `appRoot:` beside `frontend:`.",
        to=lambda path: ("appRoot",),
        scope="application",
    ),
    Shape(
        "misplaced-app-root",
        "appRoot frontend.appRoot",
        "is passed over, as Amplify does in a file without `applications:`",
        "To build in that folder, write `applications:` and `- appRoot: ...` with `frontend:` below it.",
        to=lambda path: DROPPED,
        scope="file",
    ),
    Shape(
        "phase-is-list",
        f"backend|frontend.phases.{_PHASE} test.phases.{_PHASE}|test",
        "has commands without `commands:` and they are read as its commands",
        "Put a line `commands:` above them.",
        when=_is_commands,
        into=_under("commands"),
    ),
    Shape(
        "cache-is-list",
        "frontend.cache",
        "is a list and is read as its `paths:`",
        "Put a line `paths:` above it.",
        when=_is_list,
        into=_under("paths"),
    ),
    Shape(
        "files-is-list",
        "frontend|test.artifacts",
        "is a list and is read as its `files:`",
        "Put a line `files:` above it.",
        when=_is_list,
        into=_under("files"),
    ),
    Shape(
        "inverted-phases",
        "backend|frontend|test.phases.commands",
        "has phases and commands the wrong way round",
        "Write `phases:` -> `build:` -> `commands:`.",
        when=_is_mapping,
    ),
    Shape(
        "commands-without-phase",
        "commands phases.commands backend|frontend|test.commands backend|frontend|test.phases.commands",
        "belongs to no phase",
        "Write `phases:` -> `build:` -> `commands:`.",
    ),
    Shape(
        "top-level-section",
        "phases|build|preBuild|postBuild|artifacts|cache",
        "stands at the top and belongs to a section",
        "Put a line `frontend:` above it and indent it by two (a phase: `frontend:` -> `phases:`).",
    ),
    Shape(
        "command-is-mapping",
        "backend|frontend|test.phases.*.commands.*",
        "is read by YAML as a key and a value, because of its `: `",
        "Put the whole command in single quotes.",
        when=_is_mapping,
    ),
)

TOP_NAMES = frozenset(key for shape in SHAPES for key in pattern.single_steps(shape.at))
"""Keys at the top by which a file is known for a build spec, if a crooked one."""


def straightened(root: Node) -> tuple[Node, list[Problem]]:
    """``root`` with every known shape put right or taken out, and a problem for each."""
    found: list[Problem] = []
    for number in range(len(root.nearest(("applications",)).items)):
        root, more = _scope(root, ("applications", number))
        found += more
    root, more = _scope(root, ())
    return root, found + more


def _scope(root: Node, scope: Keys) -> tuple[Node, list[Problem]]:
    found: list[Problem] = []
    kind = "application" if scope else "file"
    for shape in SHAPES:
        if shape.scope in ("", kind):
            here = root.nearest(scope)
            for path, node in list(pattern.matching(shape.at, here)):
                if shape.when(node):
                    root, told = _apply(shape, root, scope, path)
                    found.append(told)
    return root, found


def _apply(shape: Shape, root: Node, scope: Keys, path: Keys) -> tuple[Node, Problem]:
    where = (*scope, *path)
    node = root.nearest(where)
    said = f"`{dotted(where)}` {shape.message}"
    warning = problem(shape.rule, node, where, said, shape.hint, severity="warning")
    if shape.into:
        return put(root, where, shape.into(node)), warning
    if not shape.to:
        return _out(root, where), replace(warning, severity="error")
    target = shape.to(path)
    if target == DROPPED:
        return cut(root, where), warning
    if _taken(root, (*scope, *target)):
        both = f"`{dotted(where)}` and `{dotted((*scope, *target))}` are both there"
        return cut(root, where), replace(warning, message=both, severity="error")
    return put(cut(root, where), (*scope, *target), node), warning


def _taken(root: Node, path: Keys) -> bool:
    holder = root.get(path[:-1])
    return bool(root.get(path)) or bool(holder and (holder.text or holder.items))


def _out(root: Node, path: Keys) -> Node:
    """``root`` without the value, so that it is told once; an item leaves a blank, so that the others keep
    their numbers.
    """
    if isinstance(path[-1], int):
        return put(root, path, replace(root.nearest(path), value=""))
    return cut(root, path)
