"""The bash script that runs a section.

Amplify writes all commands into one script with an ``echo`` of each, and a quote in a command breaks it
(https://github.com/aws-amplify/amplify-hosting/issues/1337). Here every command is a file of its own, byte
for byte, which a driver sources: one shell for all, and no command can break another.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from engine.build.steps import Step

# The driver's stdin is a socket to the engine: it begins when the engine writes a line, writes the exit code
# of each command, and goes on when the engine answers. While a command runs its stdin is /dev/null, and bash
# keeps the socket on a descriptor that is closed on exec (it does so for stdin only), so that no program of
# the build can reach it.
_BEGIN = "builtin read -r _ || builtin exit 1\n"
_RUN = """\
builtin source {file} </dev/null
{{ builtin printf '%s\\n' "$?" >&0; builtin read -r _; }} 2>/dev/null || builtin exit 1
"""


def write_script(steps: Iterable[Step], folder: Path, prelude: str = "") -> Path:
    """Write one file per command and the driver that sources them to ``folder``; gives the driver's path.

    The driver's stdin must be a stream socket. It runs ``prelude`` (lines of bash that leave stdin alone),
    then waits for a line before the first command and after each, where it writes the exit code first, and
    ends where no line comes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    driver = folder / "driver"
    files = (shlex.quote(str(_write(step, folder))) for step in steps)
    driver.write_text(prelude + _BEGIN + "".join(_RUN.format(file=file) for file in files))
    return driver


def _write(step: Step, folder: Path) -> Path:
    # The name shows in bash's own messages: ".../frontend.build.1: line 1: vite: command not found".
    file = folder / f"{step.section}.{step.phase}.{step.index + 1}"
    file.write_bytes(f"{step.command}\n".encode(errors="surrogateescape"))
    return file
