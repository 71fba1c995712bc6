"""What is worth saying of a toolchain before the build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.toolchain.programs import missing_programs
from engine.build.toolchain.requirement import requirement
from engine.events import Warned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.build.toolchain.commands import Words
    from engine.build.toolchain.managers import Manager
    from engine.build.toolchain.model import Wish
    from engine.build.toolchain.nodes import Node
    from engine.build.toolchain.python import Python

    Chosen = Iterable[tuple[Wish, Manager]]


def remarks(managers: Chosen, node: str, commands: Iterable[Words], path: str) -> Iterator[Warned]:
    """A warning for every manager that does not support ``node``, and for every program that is not there."""
    for _, manager in managers:
        need = requirement(manager.package) if manager.package and node else None
        if need and not need.met_by(node):
            yield Warned(need.message(node), hint=f"{need.hint}, or name an older {manager.name}")
    for name, hint in missing_programs(commands, path).items():
        yield Warned(f"the commands call `{name}`, which is not on PATH", hint=hint)


def summary(wish: Wish | None, node: Node, managers: Chosen, python: Python | None = None) -> str:
    """Which Node, managers and Python, and why, on one line."""
    whose = " of this machine" if node.bin is None else ""
    why = f" ({wish.source}: {wish.text})" if wish else ""
    first = f"Node {node.version}{whose}{why}" if node.version else "no Node on this machine"
    rest = (f"{manager.name} {manager.version} ({wish.source})" for wish, manager in managers)
    last = [f"Python {python.version} of this machine, pip in an environment of its own"] if python else []
    return ", ".join((first, *rest, *last))
