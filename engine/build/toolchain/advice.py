"""What the toolchain knows of a failure, said where it helps: before the build where it can be, else with the
error.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.build.model import CommandError
from engine.build.toolchain.frameworks import frameworks_against
from engine.build.toolchain.manifest import folders_of
from engine.build.toolchain.programs import KNOWN
from engine.events import CommandFinished, Warned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from engine.build.model import BuildRequest
    from engine.build.toolchain.model import Toolchain
    from engine.events import Emit, Event

_NOT_FOUND = re.compile(r"(?:^|: )([\w.-]+): (?:command )?not found", re.MULTILINE)


@contextmanager
def advising(request: BuildRequest, emit: Emit) -> Iterator[Emit]:
    """Inside the block, use the given emit instead of ``emit`` to run commands of ``request``.

    A Warned event says, before the first command and after each, that an installed framework does not support
    the Node in force, each once. A CommandError that leaves the block gets a hint from that, or from a
    program that was not found. Without tools in the request nothing is added.
    """
    if request.tools is None:
        yield emit
        return
    tools, folders = request.tools, folders_of(request.project, request.spec.app_root)
    warned: set[str] = set()

    def warn() -> None:
        node = tools.node_in_force
        for need in frameworks_against(folders, node) if node else ():
            if (message := need.message(node)) not in warned:
                warned.add(message)
                emit(Warned(message, hint=need.hint))

    def listen(event: Event) -> None:
        emit(event)
        if isinstance(event, CommandFinished) and event.exit_code == 0:
            warn()

    warn()
    try:
        yield listen
    except CommandError as error:
        error.hint = _hint(error, tools, folders)
        raise


def _hint(error: CommandError, tools: Toolchain, folders: Sequence[Path]) -> str:
    name = _absent(error)
    if name in KNOWN:
        return f"`{name}` is not on PATH: {KNOWN[name]}"
    node = tools.node_in_force
    needs = frameworks_against(folders, node) if node else ()
    told = (f"{need.message(node)}: {need.hint}" for need in needs)
    return "; ".join(hint for hint in (error.hint, *told) if hint)


def _absent(error: CommandError) -> str:
    found = _NOT_FOUND.findall("\n".join(error.details)) if error.exit_code_of_command == 127 else ()
    return str(found[-1]) if found else ""
