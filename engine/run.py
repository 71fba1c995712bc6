"""A verb under way: await it for its result, iterate it for its events, cancel it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

from engine.cancel import Cancel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Generator

    from engine.events import Emit, Event

Result = TypeVar("Result")


class Run(Generic[Result]):
    """What every verb of :class:`engine.Engine` gives.

    It begins when it is first awaited or iterated::

        deployment = await engine.deploy(branch="main")

        run = engine.deploy(branch="main")
        async for event in run:
            print(event)
        deployment = await run

    A program without an event loop calls ``engine.deploy(branch="main").wait()``.

    ``on_event`` of the verb is called for every event, on the event loop; it must not block. An exception
    of the verb is raised by ``await``, and at the end of an iteration. Cancelling the awaiting task cancels
    the verb as well.
    """

    def __init__(
        self, work: Callable[[Emit, Cancel], Coroutine[None, None, Result]], on_event: Emit | None = None
    ) -> None:
        self._work = work
        self._on_event = on_event
        self._cancel = Cancel()
        self._queues: list[asyncio.Queue[Event | None]] = []
        self._task: asyncio.Task[Result] | None = None

    def cancel(self, *, now: bool = False) -> None:
        """Ask to stop in order: what was begun at AWS is finished, nothing new is started, and the verb
        raises CancelledError. A second call, or ``now``, stops at once.
        """
        self._cancel.request(now=now)

    def wait(self) -> Result:
        """Do the work in a program that has no event loop, and give its result."""
        return asyncio.run(self._result())

    async def within(self, emit: Emit, cancel: Cancel) -> Result:
        """Do the work as a part of another verb, with its events and its cancellation."""
        return await self._work(emit, cancel)

    def __await__(self) -> Generator[None, None, Result]:
        return self._result().__await__()

    async def __aiter__(self) -> AsyncIterator[Event]:
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._queues.append(queue)
        task = self._started()
        task.add_done_callback(lambda _: queue.put_nowait(None))
        while (event := await queue.get()) is not None:
            yield event
        await self._result()

    def _started(self) -> asyncio.Task[Result]:
        if self._task is None:
            self._task = asyncio.create_task(self._work(self._emit, self._cancel))
        return self._task

    async def _result(self) -> Result:
        task = self._started()
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not task.done():
                task.cancel()
                await asyncio.wait([task])
            raise

    def _emit(self, event: Event) -> None:
        if self._on_event is not None:
            self._on_event(event)
        for queue in self._queues:
            queue.put_nowait(event)
