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


def _as_long_as_anybody_reads(emit: Emit) -> Emit:
    """``emit``, silent from when the pipe it prints to is closed: the deployment goes on."""
    closed = False

    def event(event: Event) -> None:
        nonlocal closed
        try:
            if not closed:
                emit(event)
        except BrokenPipeError:
            closed = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    return event


async def _run(begin: Callable[[Emit], Run[Result]], reporter: Reporter) -> Result:
    run = begin(_as_long_as_anybody_reads(reporter.event))
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
    return await run
