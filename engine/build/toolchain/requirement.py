"""What an installed package needs of Node, by the ``engines`` of its package.json."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.toolchain.manifest import package_json, text_in
from engine.build.toolchain.versions import lts_lines, satisfies

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Requirement:
    """``package`` (with its version) needs a Node in the range ``engines``."""

    package: str
    engines: str

    def met_by(self, node: str) -> bool:
        """Whether Node ``node`` will do."""
        return satisfies(node, self.engines)

    def message(self, node: str) -> str:
        """What is wrong, for people."""
        return f"{self.package} needs Node {self.engines}, and the build has {node}"

    @property
    def hint(self) -> str:
        """What to write, the oldest LTS line that will do: for people."""
        lines = lts_lines(datetime.datetime.now(datetime.UTC).date())
        fitting = next((line for line in lines if satisfies(f"{line}.99.99", self.engines)), None)
        return f"write `{fitting}` to .nvmrc" if fitting else "write a version that it supports to .nvmrc"


def requirement(folder: Path) -> Requirement | None:
    """What the package in ``folder`` needs; None where there is none, or it does not say."""
    about = package_json(folder)
    engines = text_in(about, "engines", "node")
    if not engines:
        return None
    return Requirement(f"{text_in(about, 'name')} {text_in(about, 'version')}", engines)
