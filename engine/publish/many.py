"""Many transfers at once, with bounded memory."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

Item = TypeVar("Item")


async def each(items: Iterable[Item], work: Callable[[Item], Awaitable[None]], *, at_once: int) -> None:
    """Await ``work(item)`` for every item, ``at_once`` of them at a time.

    The first failure cancels the others and is raised as it is.
    """
    queue = iter(items)

    async def worker() -> None:
        for item in queue:
            await work(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(worker())
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None


class Budget:
    """A number of bytes that transfers share; who asks for more than is left waits.

    A single request above ``total`` is let through alone instead of waiting for ever.
    """

    def __init__(self, total: int) -> None:
        self._total = total
        self._left = total
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def spend(self, amount: int) -> AsyncIterator[None]:
        """Hold ``amount`` bytes for as long as the block runs."""
        amount = min(amount, self._total)
        async with self._changed:
            await self._changed.wait_for(lambda: self._left >= amount)
            self._left -= amount
        try:
            yield
        finally:
            self._left += amount
            await self._wake()

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()
