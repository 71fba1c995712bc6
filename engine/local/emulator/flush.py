"""Writes the emulator's state soon after it changed, so that a crash loses seconds and no more.

The emulator itself writes it only when it is stopped in good order.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.local.asgi import App, Receive, Scope, Send

_PAUSE_SECONDS = 1.0
_SHARE = 10  # at most a tenth of the time goes into writing
_READS = ("GET", "HEAD", "OPTIONS")


class Flush:
    """ASGI middleware around the control plane that knows when ``save`` has something to write.

    ``save`` writes all state and must run on the event loop, where nothing changes meanwhile.
    """

    def __init__(self, app: App, save: Callable[[], None], pause: float = _PAUSE_SECONDS) -> None:
        self._app = app
        self._save = save
        self._pause = pause
        self._dirty = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; remember if it may have changed something."""
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] != "lifespan" and scope.get("method") not in _READS:
                self._dirty = True

    def flush(self) -> float:
        """Write the state if it changed; the seconds it took."""
        begin = time.monotonic()
        if self._dirty:
            self._dirty = False
            self._save()
        return time.monotonic() - begin

    async def keep(self) -> None:
        """Flush again and again, until cancelled."""
        while True:
            took = self.flush()
            await asyncio.sleep(max(self._pause, took * _SHARE))
