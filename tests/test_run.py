"""A verb under way: awaited, iterated, cancelled."""

import asyncio

import pytest

from engine.errors import CancelledError
from engine.events import StepStarted
from engine.run import Run


def counting(limit=3):
    async def work(emit, cancel):
        for number in range(limit):
            emit(StepStarted(step=str(number)))
            await asyncio.sleep(0)
        return "done"

    return work


def test_awaiting_gives_the_result_and_the_callback_every_event():
    async def main():
        seen = []
        assert await Run(counting(), seen.append) == "done"
        return [event.step for event in seen]

    assert asyncio.run(main()) == ["0", "1", "2"]


def test_a_program_without_a_loop_waits():
    seen = []
    assert Run(counting(), seen.append).wait() == "done"
    assert [event.step for event in seen] == ["0", "1", "2"]


def test_iterating_gives_the_events_and_then_the_result():
    async def main():
        run = Run(counting())
        steps = [event.step async for event in run]
        return steps, await run

    assert asyncio.run(main()) == (["0", "1", "2"], "done")


def test_it_runs_once_however_often_it_is_awaited():
    calls = []

    async def work(emit, cancel):
        calls.append(1)
        return 1

    async def main():
        run = Run(work)
        return await run + await run

    assert asyncio.run(main()) == 2
    assert calls == [1]


def test_an_error_ends_an_iteration_as_well():
    async def work(emit, cancel):
        emit(StepStarted(step="only"))
        raise ValueError("broken")

    async def main():
        run, seen = Run(work), []
        with pytest.raises(ValueError, match="broken"):
            async for event in run:
                seen += [event.step]
        with pytest.raises(ValueError, match="broken"):
            await run
        return seen

    assert asyncio.run(main()) == ["only"]


def test_cancel_asks_first_and_stops_second():
    degrees = []

    async def work(emit, cancel):
        await cancel.wait()
        degrees.append("asked")
        await cancel.wait_now()
        degrees.append("now")
        cancel.check()

    async def main():
        run = Run(work)
        task = asyncio.ensure_future(_awaited(run))
        await asyncio.sleep(0)
        run.cancel()
        await asyncio.sleep(0.01)
        assert degrees == ["asked"]
        run.cancel()
        with pytest.raises(CancelledError):
            await task

    asyncio.run(main())
    assert degrees == ["asked", "now"]


def test_cancelling_the_task_ends_the_work():
    ended = []

    async def work(emit, cancel):
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    async def main():
        task = asyncio.ensure_future(_awaited(Run(work)))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert ended == [True]


async def _awaited(run):
    return await run
