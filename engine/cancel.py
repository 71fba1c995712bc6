"""Cancellation in two degrees: once, finish what was begun and stop; twice, stop now."""

from __future__ import annotations

import asyncio

from engine.errors import CancelledError


class Cancel:
    """A request to stop that any step can wait for. Belongs to one event loop."""

    def __init__(self) -> None:
        self._asked = asyncio.Event()
        self._now = asyncio.Event()

    def request(self, *, now: bool = False) -> None:
        """Ask to stop; the second call, or ``now``, asks to stop at once."""
        if now or self._asked.is_set():
            self._now.set()
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether anybody asked."""
        return self._asked.is_set()

    @property
    def event(self) -> asyncio.Event:
        """Set once anybody asked."""
        return self._asked

    def check(self) -> None:
        """Raise CancelledError if anybody asked."""
        if self.asked:
            raise CancelledError("cancelled", hint="Run the same command to go on.")

    async def wait(self) -> None:
        """Return when anybody asks to stop."""
        await self._asked.wait()

    async def wait_now(self) -> None:
        """Return when anybody asks to stop at once."""
        await self._now.wait()
