"""What a build takes and gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from engine.build.isolation.none import NoIsolation
from engine.build.limits import Limits
from engine.errors import BuildError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.build.isolation.model import Isolation
    from engine.build.toolchain.model import Toolchain
    from engine.spec.model import Spec

Section = Literal["backend-build", "backend-post", "frontend", "test"]
"""Commands that share one bash. The backend has two, because its ``postBuild`` runs after provisioning."""

SECTIONS: tuple[Section, ...] = get_args(Section)

GRACE = 5.0  # seconds between SIGTERM and SIGKILL


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to run, where, and with which variables.

    ``project`` is the folder of ``amplify.yml``. ``variables`` is the whole environment of the commands (see
    :func:`engine.build.variables.build_environment`); nothing of this process' own is added. ``secrets`` are
    values masked in everything that is reported. ``scratch`` is a folder for files of this build only.
    ``timeout`` is in seconds for all sections of the build together, of which earlier calls of the runner
    have ``spent`` some; None takes ``_BUILD_TIMEOUT`` (see :func:`engine.build.timeout.limit_of`) from the
    variables. ``grace`` is how many seconds a process has between SIGTERM and SIGKILL. ``isolation`` says
    what the commands see beside ``project``, ``scratch``, what they may ``read`` (a toolchain) and caches
    that are ``written``; ``limits`` how much they may take. ``tools`` are what the commands find beside PATH.
    """

    project: Path
    spec: Spec
    variables: Mapping[str, str]
    scratch: Path
    sections: tuple[Section, ...] = SECTIONS
    secrets: tuple[str, ...] = ()
    timeout: float | None = None
    grace: float = GRACE
    spent: float = 0.0
    isolation: Isolation = field(default_factory=NoIsolation)
    limits: Limits = field(default_factory=Limits)
    read: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()
    tools: Toolchain | None = None


@dataclass(frozen=True, slots=True)
class SectionResult:
    """How a section went: how many commands ran, and the seconds they took together.

    ``ended_early`` says that a command ended the section with ``exit 0`` before the last one.
    """

    section: Section
    commands: int = 0
    seconds: float = 0.0
    ended_early: bool = False


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The sections that ran, in order."""

    sections: tuple[SectionResult, ...] = ()

    @property
    def commands(self) -> int:
        """How many commands ran."""
        return sum(section.commands for section in self.sections)

    @property
    def seconds(self) -> float:
        """The seconds all sections took together."""
        return sum(section.seconds for section in self.sections)


class CommandError(BuildError):
    """A command of the spec failed. ``exit_code_of_command`` is 128 + n where signal n ended it."""

    def __init__(
        self,
        message: str,
        *,
        section: str,
        phase: str,
        command: str,
        exit_code_of_command: int,
        hint: str = "",
        where: Where | None = None,
        details: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint, where=where, details=details)
        self.section = section
        self.phase = phase
        self.command = command
        self.exit_code_of_command = exit_code_of_command

    def to_json(self) -> dict[str, Any]:
        """The error as plain JSON values, with the command that failed."""
        return {
            **super().to_json(),
            "section": self.section,
            "phase": self.phase,
            "command": self.command,
            "exit_code_of_command": self.exit_code_of_command,
        }
