"""One bash in a session of its own: what it prints and reports arrives as calls, and nothing outlives it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
import signal
import socket
import uuid
from asyncio.subprocess import DEVNULL, STDOUT
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from engine.build.launch import Launch
from engine.build.processes import MARK, Process, end_processes, gone, kill_at_once, processes_of, send
from engine.errors import BuildError, PrerequisiteError

if TYPE_CHECKING:
    from asyncio.subprocess import Process as Child
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from engine.build.launch import Wrap

_CHUNK = 65536  # bytes; what a pipe of Linux holds
_SETTLE = 0.3  # seconds for processes that are about to end by themselves, such as `> >(tee log)`

# Ends the build where the engine itself was killed: its stdin then ends.
_GUARD = 'read -r _; kill -s KILL -- "-$1"'


class Listener(Protocol):
    """Who a shell reports to, from the event loop's thread."""

    def output(self, chunk: bytes) -> None:
        """Bytes that the commands printed, standard output and error in one."""

    def ended(self, exit_code: int) -> bool:
        """A command ended and all it printed has been heard; True lets the next one begin."""


@dataclass(eq=False)
class Shell:
    """A bash that waits to ``begin``, made by :func:`start_shell`; ``end`` must follow, whatever happens."""

    listener: Listener
    child: Child
    guard: Child
    pipe: int
    line: socket.socket
    mark: str
    deaf: asyncio.Future[None] = field(default_factory=asyncio.Future)  # what the listener raised

    def begin(self) -> None:
        """Let the first command begin, and hear it."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self.pipe, self._attempt, self._hear_output)
        loop.add_reader(self.line, self._attempt, self._hear_report)
        self.line.send(b"\n")

    async def wait(self) -> int:
        """Wait until bash itself ends, and hear all it printed; its exit code, 128 + n for signal n.

        Raises what the listener raised, while bash still runs.
        """
        exited = asyncio.ensure_future(self.child.wait())
        waiting: set[asyncio.Future[Any]] = {exited, self.deaf}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            exited.cancel()
        if self.deaf.done():
            self.deaf.result()
        self._drain()
        code = exited.result()
        return code if code >= 0 else 128 - code

    def kill(self) -> None:
        """Kill every process at once, however many there are; ``end`` must follow all the same."""
        kill_at_once(self.left)

    async def end(self, grace: float) -> tuple[Process, ...]:
        """End every process that is left, and give those that were; a second cancellation kills at once."""
        try:
            if self.child.returncode is not None:
                await gone(self.left, _SETTLE)
            left = self.left()
            await end_processes(self.left, grace)
        finally:
            send(signal.SIGKILL, self.left())
            if not self.deaf.done():
                self._attempt(self._drain)
            self._close()
        await self.child.wait()
        await self.guard.wait()
        return left

    def _attempt(self, hear: Callable[[], object]) -> None:
        try:
            hear()
        except Exception as error:
            self._stop_hearing()
            if not self.deaf.done():
                self.deaf.set_exception(error)

    def left(self) -> tuple[Process, ...]:
        """The processes that are there."""
        return processes_of(self.child.pid, self.mark)

    def _hear_output(self) -> bool:
        try:
            chunk = os.read(self.pipe, _CHUNK)
        except BlockingIOError:
            return False
        if chunk:
            self.listener.output(chunk)
        else:
            asyncio.get_running_loop().remove_reader(self.pipe)
        return bool(chunk)

    def _drain(self) -> None:
        # Bounded, because a process in the background may print for ever.
        for _ in range(16):
            if not self._hear_output():
                return

    def _hear_report(self) -> None:
        report = self.line.recv(_CHUNK)
        self._drain()
        if report and self.listener.ended(int(report)):
            self.line.send(b"\n")
        else:
            self._hang_up()

    def _hang_up(self) -> None:
        asyncio.get_running_loop().remove_reader(self.line)
        self.line.close()

    def _stop_hearing(self) -> None:
        if self.line.fileno() >= 0:
            self._hang_up()
        asyncio.get_running_loop().remove_reader(self.pipe)

    def _close(self) -> None:
        self._stop_hearing()
        os.close(self.pipe)
        with contextlib.suppress(ProcessLookupError):
            self.guard.kill()


async def start_shell(
    driver: Path, folder: Path, variables: Mapping[str, str], listener: Listener, wrap: Wrap = lambda it: it
) -> Shell:
    """Start bash on ``driver`` (see :func:`engine.build.script.write_script`) in ``folder``, inside of what
    ``wrap`` puts around it.

    Raises PrerequisiteError without bash, and BuildError where the system refuses to start it.
    """
    bash = shutil.which("bash", path=variables.get("PATH", os.defpath))
    if bash is None:
        raise PrerequisiteError(
            "bash is not on PATH, and the commands of amplify.yml are written for it",
            hint="install bash, for example `apt-get install bash`",
        )
    launch = wrap(Launch((bash, "--noprofile", "--norc", str(driver)), variables))
    mark = uuid.uuid4().hex
    pipe, inlet = os.pipe()
    line, far = socket.socketpair()
    with far, contextlib.ExitStack() as undo:
        undo.callback(os.close, pipe)
        undo.callback(line.close)
        os.set_blocking(pipe, False)
        line.setblocking(False)
        try:
            child = await asyncio.create_subprocess_exec(
                *launch.command,
                cwd=folder,
                env={**launch.variables, MARK: mark},
                pass_fds=launch.descriptors,
                stdin=far.fileno(),
                stdout=inlet,
                stderr=STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise _refused(error) from error
        finally:
            for descriptor in (inlet, *launch.descriptors):
                os.close(descriptor)
        try:
            guard = await _start_guard(child)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        undo.pop_all()
    return Shell(listener, child, guard, pipe, line, mark)


async def _start_guard(child: Child) -> Child:
    # Not the bash of the build: its PATH, which the project may set, has no say in what runs outside.
    return await asyncio.create_subprocess_exec(
        *("/bin/sh", "-c", _GUARD, "windlass-guard", str(child.pid)),
        env={},
        stdin=asyncio.subprocess.PIPE,
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
    )


def _refused(error: OSError | ValueError) -> BuildError:
    if isinstance(error, OSError) and error.errno == errno.E2BIG:
        return BuildError(
            "the build variables are too large for the system",
            hint="one variable may have 128 KB on Linux; put large values in a file",
        )
    return BuildError(f"bash could not be started: {error}")
