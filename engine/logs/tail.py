"""The lines that something of a deployed environment writes, as they come."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from engine.aws_errors import aws_errors
from engine.logs.group import log_group
from engine.logs.poll import Poll

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from engine.logs.model import LogEntry
    from engine.steps.live import Live

_PAUSE = 2.0  # seconds between looks; FilterLogEvents may be called 5 times a second in an account
_LOCAL_PAUSE = 0.3


async def tail(
    live: Live, name: str, *, since: float, follow: bool, everything: bool
) -> AsyncIterator[LogEntry]:
    """The lines of ``name`` from ``since`` seconds ago on, and with ``follow`` all that come after.

    ``everything``: also those that Lambda writes itself. Raises NotFoundError for a name that writes none.
    """
    group = log_group(live.resources, name)
    poll = Poll(await asyncio.to_thread(live.client, "logs"), group, time.time() - since)
    pause = _LOCAL_PAUSE if live.target.endpoint else _PAUSE
    while True:
        with aws_errors(f"the logs of {name} cannot be read"):
            entries = await asyncio.to_thread(poll)
        for entry in entries:
            if everything or not entry.platform:
                yield entry
        if not follow:
            return
        await asyncio.sleep(pause)
