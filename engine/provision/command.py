"""The Pulumi CLI as a process that can be interrupted, with a bounded memory of what it printed.

The SDK gives no handle on the CLI's process (pulumi/pulumi#9103); every operation goes through
``PulumiCommand.run``, so this is where one is kept. Nothing of the SDK is imported here: it takes as long to
load as the CLI takes to create a stack, so that both can happen at once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from semver import VersionInfo

from engine.provision.pulumi_cli import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

_TAIL_LINES = 400


class InterruptedOperationError(Exception):
    """The operation was cancelled."""


class FailedCommandError(Exception):
    """The CLI ended with an exit code other than 0; the text is what it printed."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What the CLI printed, under the names of the SDK's ``CommandResult``."""

    stdout: str
    stderr: str
    code: int


class Command:
    """Runs the CLI at ``path``, in the shape of the SDK's ``PulumiCommand``.

    ``interrupt`` may be called from any thread.
    """

    def __init__(self, path: str) -> None:
        self.command = path
        self.version = VersionInfo.parse(VERSION)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self.interrupted = False

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: Any = None,
        on_error: Any = None,
    ) -> Printed:
        """Run the CLI with ``args``. Raises FailedCommandError, InterruptedOperationError if interrupted."""
        process = self._start(args, cwd, {**os.environ, **additional_env, "PULUMI_AUTOMATION_API": "true"})
        errors: deque[str] = deque(maxlen=_TAIL_LINES)
        reader = threading.Thread(target=_drain, args=(process.stderr, errors), daemon=True)
        reader.start()
        # `stack output` and `stack export` answer on stdout; a long operation prints progress there.
        limit = None if "--json" in args or "export" in args else _TAIL_LINES
        output: deque[str] = deque(maxlen=limit)
        _drain(process.stdout, output)
        reader.join()
        result = Printed("\n".join(output), "\n".join(errors), process.wait())
        if self.interrupted:
            raise InterruptedOperationError
        if result.code != 0:
            raise FailedCommandError(f"{result.stdout}\n{result.stderr}")
        return result

    def interrupt(self, *, now: bool = False) -> None:
        """First SIGINT: the CLI starts nothing new and waits for what it began; ``now`` ends it."""
        with self._lock:
            self.interrupted = True
            if self._process is not None and self._process.poll() is None:
                self._process.send_signal(signal.SIGKILL if now else signal.SIGINT)

    def _start(self, args: list[str], cwd: str, environment: dict[str, str]) -> subprocess.Popen[str]:
        with self._lock:
            if self.interrupted:
                raise InterruptedOperationError
            self._process = subprocess.Popen(
                [self.command, "--non-interactive", *args],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=cwd,
                env=environment,
                encoding="utf-8",
                errors="replace",
            )
            return self._process


def _drain(stream: IO[str] | None, lines: deque[str]) -> None:
    for line in stream or ():
        lines.append(line.rstrip())
