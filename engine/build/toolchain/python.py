"""A virtual environment for the ``pip`` of commands, so that nothing is installed into the host's Python.

Debian and others refuse that anyway (PEP 668, "externally managed"). Python itself is the host's.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.events import Warned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.build.toolchain.commands import Words
    from engine.events import Emit

_PIP = re.compile(r"pip(\d(\.\d+)?)?")
_PYTHON = re.compile(r"python(\d(\.\d+)?)?")
_ASK = "import sys; print(sys.base_prefix); print(*sys.version_info[:3], sep='.')"


@dataclass(frozen=True, slots=True)
class Python:
    """``folder`` is the environment, ``base`` the installation that it stands on."""

    folder: Path
    base: Path
    version: str

    @property
    def bin(self) -> Path:
        """Its programs: python, pip, and what pip installs."""
        return self.folder / "bin"

    def variables(self, cache: Path) -> dict[str, str]:
        """What an activated environment sets, and where pip keeps downloads below ``cache``."""
        return {
            "VIRTUAL_ENV": str(self.folder),
            "PIP_CACHE_DIR": str(cache / "pip"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }


async def python_for(
    commands: Iterable[Words], folder: Path, variables: Mapping[str, str], emit: Emit
) -> Python | None:
    """The environment, made in ``folder`` with the Python on PATH in ``variables``; None where no command
    calls pip or there is no Python. Where it cannot be made, that is a Warned event.
    """
    program = next((found for words in commands if (found := _interpreter(words))), None)
    python = shutil.which(program, path=variables.get("PATH")) if program else None
    if python is None:
        return None
    code, said = await _run(variables, python, "-m", "venv", str(folder))
    if code == 0:
        code, said = await _run(variables, str(folder / "bin" / "python"), "-c", _ASK)
    if code == 0:
        base, version = said.splitlines()[-2:]
        return Python(folder, Path(base), version)
    hint = "Debian: `apt-get install python3-venv`. Without it `pip` changes the Python of this machine."
    emit(Warned(f"{program} cannot make a virtual environment: {_last_line(said)}", hint=hint))
    return None


def _interpreter(words: Words) -> str | None:
    if _PIP.fullmatch(words[0]):
        return "python3"
    calls_pip = words[1:3] == ("-m", "pip") and _PYTHON.fullmatch(words[0])
    return words[0] if calls_pip else None


async def _run(variables: Mapping[str, str], *line: str) -> tuple[int, str]:
    child = await asyncio.create_subprocess_exec(
        *line, env=dict(variables), stdin=DEVNULL, stdout=PIPE, stderr=STDOUT
    )
    try:
        out, _ = await child.communicate()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return child.returncode or 0, out.decode(errors="replace")


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it said nothing")
