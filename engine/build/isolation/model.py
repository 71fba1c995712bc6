"""The protocol of the slots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from engine.build.launch import Launch

IsolationName = Literal["none", "bubblewrap"]
"""The slots, each stricter than the one before."""


@dataclass(frozen=True, slots=True)
class Folders:
    """What a build needs of the file system, all absolute.

    ``project`` is the checkout, written by the build; ``scratch`` has the files of this build, and may be
    below ``project``; ``work`` is where the commands begin. ``read`` are more files and folders to read (the
    toolchain), and ``written`` caches that the commands write.
    """

    project: Path
    scratch: Path
    work: Path
    read: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()


class Isolation(Protocol):
    """A way to run a command with a bounded view of the machine."""

    @property
    def name(self) -> str:
        """The name in policies and options."""

    def check(self) -> None:
        """Raise PrerequisiteError where this machine cannot do it."""

    def wrap(self, launch: Launch, folders: Folders) -> Launch:
        """``launch``, seeing no more than ``folders`` and what any program needs."""
