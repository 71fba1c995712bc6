"""Patterns of dotted keys, for the tables of rules.

``frontend|backend.phases.*`` is every key below ``phases`` in either section: steps are parted by dots,
``|`` parts what a step may be, ``*`` is any key or item. Several patterns are parted by spaces.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.spec.node import Keys, Node

_Steps: TypeAlias = tuple[frozenset[str], ...]
_ANY = frozenset("*")


def matches(at: str, path: Keys) -> bool:
    """Whether one of the patterns ``at`` is the pattern of ``path``."""
    return any(
        len(steps) == len(path)
        and all(step == _ANY or key in step for step, key in zip(steps, path, strict=True))
        for steps in _parsed(at)
    )


def matching(at: str, root: Node) -> Iterator[tuple[Keys, Node]]:
    """The nodes below ``root`` that match one of the patterns ``at``, with their paths."""
    for steps in _parsed(at):
        yield from _below(steps, root, ())


def single_steps(at: str) -> frozenset[str]:
    """The keys that patterns of one step name: those at the top."""
    return frozenset(key for steps in _parsed(at) if len(steps) == 1 for key in steps[0])


def _below(steps: _Steps, node: Node, path: Keys) -> Iterator[tuple[Keys, Node]]:
    if not steps:
        yield path, node
        return
    for step, child in node.children():
        if steps[0] == _ANY or step in steps[0]:
            yield from _below(steps[1:], child, (*path, step))


@cache
def _parsed(at: str) -> tuple[_Steps, ...]:
    return tuple(tuple(frozenset(step.split("|")) for step in one.split(".")) for one in at.split())
