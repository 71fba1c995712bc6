"""What happens in a section, as events, and as the one error or result it ends with."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from engine.build.hints import hint_for, hint_for_timeout
from engine.build.model import CommandError
from engine.build.output import Lines
from engine.build.steps import Step, where_of
from engine.errors import BuildError
from engine.events import CommandFinished, CommandStarted, LogLine, Warned

if TYPE_CHECKING:
    from engine.build.limits import OverrunError
    from engine.build.masking import Mask
    from engine.build.processes import Process
    from engine.events import Emit
    from engine.spec.model import Spec


_SHOWN = 30  # lines of output that an error shows


class Story:
    """Listens to the shell that runs ``steps`` (see :class:`engine.build.shell.Listener`)."""

    def __init__(
        self, spec: Spec, steps: tuple[Step, ...], mask: Mask, emit: Emit, spent: float = 0.0
    ) -> None:
        self._spec = spec
        self._steps = steps
        self._mask = mask
        self._emit = emit
        self._lines = Lines(mask, lambda text: emit(LogLine("build", text)))
        self._at = 0
        self._since = time.monotonic()
        self._started = self._since - spent
        self._error: CommandError | None = None
        self.ended_early = False

    def begin(self) -> None:
        """The next command begins."""
        self._since = time.monotonic()
        self._lines.take_tail()
        step = self._steps[self._at]
        self._emit(CommandStarted(step.section, step.phase, self._mask.text(step.command)))

    def output(self, chunk: bytes) -> None:
        """Bytes that the commands printed."""
        self._lines.feed(chunk)

    def flush(self) -> None:
        """Nothing more comes: show what has no end of line."""
        self._lines.flush()

    def ended(self, exit_code: int) -> bool:
        """The command ended; True where the next may begin."""
        self._end_command(exit_code)
        if exit_code == 0 and self._at < len(self._steps):
            self.begin()
        return exit_code == 0

    def finish(self, exit_code: int) -> int:
        """Bash ended with ``exit_code``: how many commands ran. Raises CommandError where one failed."""
        if self._error is None and self._at < len(self._steps):
            # The shell ended inside a command: `exit`, `exec`, `set -e`, a signal.
            self._end_command(exit_code)
            if exit_code == 0:
                self._warn_early()
        elif self._error is None and exit_code != 0:  # a trap on EXIT, after the last command
            step = self._steps[-1]
            self._error = self._failure(step, self._mask.text(step.command), exit_code)
        if self._error is not None:
            raise self._error
        return self._at

    def timed_out(self) -> BuildError:
        """The error for a command that took too long."""
        step = self._steps[min(self._at, len(self._steps) - 1)]
        self.flush()
        tail = self._lines.take_tail()
        return BuildError(
            f"the build was stopped after {time.monotonic() - self._started:.0f} seconds, in {step.section} "
            f"{step.phase}: `{self._mask.text(step.title)}`",
            where=where_of(self._spec, step.key),
            hint=hint_for_timeout(step.command, tail),
            details=tail[-_SHOWN:],
        )

    def overran(self, error: OverrunError) -> BuildError:
        """The error for a command that took more of the machine than it may."""
        step = self._steps[min(self._at, len(self._steps) - 1)]
        self.flush()
        return BuildError(
            f"the build took {error.what}: it was ended, in {step.section} {step.phase}: "
            f"`{self._mask.text(step.title)}`",
            where=where_of(self._spec, step.key),
            hint=f"if the build needs that much, raise `limits.{error.key}` of the policy",
            details=self._lines.take_tail()[-_SHOWN:],
        )

    def warn_left(self, left: tuple[Process, ...]) -> None:
        """Processes were left behind when the last command had ended."""
        names = self._mask.text(", ".join(str(process) for process in left))
        self._emit(
            Warned(
                f"the {self._steps[0].section} commands left processes running, which were ended: {names}",
                hint="end what a command starts in the background, for example with `trap 'kill %1' EXIT`",
            )
        )

    def _end_command(self, exit_code: int) -> None:
        step = self._steps[self._at]
        self._at += 1
        self.flush()
        command = self._mask.text(step.command)
        seconds = time.monotonic() - self._since
        self._emit(CommandFinished(step.section, step.phase, command, exit_code, seconds))
        if exit_code != 0:
            self._error = self._failure(step, command, exit_code)

    def _failure(self, step: Step, command: str, exit_code: int) -> CommandError:
        tail = self._lines.take_tail()
        return CommandError(
            f"{step.section} {step.phase} failed: `{self._mask.text(step.title)}` ended with exit code "
            f"{exit_code}",
            section=step.section,
            phase=step.phase,
            command=command,
            exit_code_of_command=exit_code,
            where=where_of(self._spec, step.key),
            hint=hint_for(exit_code, tail),
            details=tail[-_SHOWN:],
        )

    def _warn_early(self) -> None:
        step, skipped = self._steps[self._at - 1], len(self._steps) - self._at
        if not skipped:
            return
        self.ended_early = True
        self._emit(
            Warned(
                f"`{self._mask.text(step.title)}` ended the {step.section} commands early with exit code 0: "
                f"{skipped} more did not run",
                hint="to leave only this command, put it in parentheses: `( ...; exit 0 )`",
                where=str(where_of(self._spec, step.key) or ""),
            )
        )
