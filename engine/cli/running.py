"""Run a verb of the engine in the terminal: show its events, and let Ctrl-C stop it in order."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING, TypeVar

from engine.cli.reporters import reporter_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.cli.reporters import Reporter
    from engine.events import Emit, Event
    from engine.run import Run

Result = TypeVar("Result")


def run_verb(
    begin: Callable[[Emit], Run[Result]],
    *,
    as_json: bool,
    verbose: bool = False,
    finish: Callable[[Reporter, Result], None],
) -> Result:
    """Begin a verb with the reporter's ``emit``, see it to its end, and show the result with ``finish``."""
    with reporter_for(as_json=as_json, verbose=verbose) as reporter:
        result = asyncio.run(_run(begin, reporter))
        finish(reporter, result)
    return result


class _Shown:
    """Events shown by ``reporter``, and pushed out together before the loop goes on; from when the pipe is
    closed that they go to, they are silent: the deployment goes on.
    """

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._loop = asyncio.get_running_loop()
        self._closed = self._due = False

    def event(self, event: Event) -> None:
        """Show one event."""
        self._attempt(lambda: self._reporter.event(event))
        if not self._due:
            self._due = True
            self._loop.call_soon_threadsafe(self.flush)

    def flush(self) -> None:
        """Push out what was written."""
        self._due = False
        self._attempt(sys.stdout.flush)

    def _attempt(self, work: Callable[[], object]) -> None:
        try:
            if not self._closed:
                work()
        except BrokenPipeError:
            self._closed = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def _run(begin: Callable[[Emit], Run[Result]], reporter: Reporter) -> Result:
    shown = _Shown(reporter)
    run = begin(shown.event)
    loop = asyncio.get_running_loop()
    asked = False

    def stop() -> None:
        nonlocal asked
        reporter.note(
            "stopping at once"
            if asked
            else "stopping: what has begun is finished first; press Ctrl-C again to stop at once"
        )
        asked = True
        run.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop)
    try:
        return await run
    finally:
        shown.flush()
