"""Windlass as a library: two deployments at once in one asyncio process.

    python examples/embed.py examples/plain-site examples/notes-web

Each folder is deployed to the embedded AWS on this machine, the one followed by a callback, the other by an
async iterator. Ctrl-C asks both to stop in order; a second one stops them at once.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

from engine import Engine, WindlassError
from engine.events import StepFinished, StepStarted

if TYPE_CHECKING:
    from engine import Deployment, Event, Run


async def main(folder: str, other: str) -> int:
    """Deploy both folders at once; the exit code."""
    first = Engine(folder, target="local").deploy("main", on_event=lambda event: show(folder, event))
    second = Engine(other, target="local").deploy("main")
    stop_both_on_ctrl_c(first, second)
    done = await asyncio.gather(first, followed(other, second), return_exceptions=True)
    return max(report(result) for result in done)


async def followed(folder: str, run: Run[Deployment]) -> Deployment:
    """The events of a run, one after another, then its result."""
    async for event in run:
        show(folder, event)
    return await run


def show(folder: str, event: Event) -> None:
    """Events are typed: pick those of interest."""
    match event:
        case StepStarted(step=step):
            print(f"{folder}: {step} ...")
        case StepFinished(step=step, seconds=seconds, summary=summary):
            print(f"{folder}: {step} took {seconds:.1f} s, {summary}")


def report(result: Deployment | BaseException) -> int:
    """What came of it: a frozen value, or an error that says what, where and what to do next."""
    if isinstance(result, WindlassError):
        print(f"{result.code}: {result.message}\n  {result.hint}", file=sys.stderr)
        return result.exit_code
    if isinstance(result, BaseException):
        raise result
    print(f"{result.url} shows release {result.release} after {result.seconds:.1f} s")
    return 0


def stop_both_on_ctrl_c(*runs: Run[Deployment]) -> None:
    """The library sets no signal handlers: that is up to the program it is a part of."""

    def stop() -> None:
        for run in runs:
            run.cancel()

    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:3])))
