"""What a toolchain is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PREFIX = "npm_config_prefix"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the project says of a tool. ``text`` is as it is written, a version, a range or a name such as
    ``lts/gallium``; ``source`` says where, for people (``apps/web/.nvmrc``). A ``strict`` wish that cannot be
    fulfilled fails the build; any other gives way to what the host has.
    """

    tool: str
    text: str
    source: str
    strict: bool = True

    def __str__(self) -> str:
        return f"{self.tool} {self.text} ({self.source})"


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What the commands of a build find, made by :func:`engine.build.toolchain.toolchain`.

    ``path`` comes before everything else on PATH, ``variables`` join the environment, ``prelude`` is bash
    that each section's shell sources first (it defines ``nvm``). ``node`` is the version to begin with, ""
    where there is none; ``node_file`` holds the one in force once ``nvm use`` has run. ``read`` are folders
    that the commands read and ``written`` those they also write, for whoever runs them in isolation.
    """

    path: tuple[Path, ...]
    variables: Mapping[str, str]
    prelude: str
    node: str
    summary: str
    node_file: Path
    read: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()

    def applied(self, variables: Mapping[str, str]) -> dict[str, str]:
        """``variables`` with those of the toolchain, and its folders first on PATH."""
        kept = {name: value for name, value in variables.items() if name.lower() != _PREFIX}
        folders = (*map(str, self.path), variables.get("PATH", os.defpath))
        return {**kept, **self.variables, "PATH": os.pathsep.join(folders)}

    @property
    def node_in_force(self) -> str:
        """The version of Node that the commands have now; "" where there is none."""
        try:
            return self.node_file.read_text().strip()
        except OSError:
            return self.node
