"""No isolation: a build sees what the user who deploys sees, without the variables of that user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from engine.build.isolation.model import Folders
    from engine.build.launch import Launch


@dataclass(frozen=True, slots=True)
class NoIsolation:
    """For code that is trusted as much as the user who deploys it."""

    name: Literal["none"] = "none"

    def check(self) -> None:
        """There is nothing to have."""

    def wrap(self, launch: Launch, folders: Folders) -> Launch:
        """The command as it is."""
        return launch
