"""Put the domain on the distribution once its certificate is issued, after the release is live."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from engine.step import step
from engine.steps.domain import looked_up_again, tell
from engine.steps.provision import provisioned

if TYPE_CHECKING:
    from engine.context import Context

# AWS issues within some minutes where it sees the records; nobody has to wait longer than that, because a
# later deployment finishes what this one could not.
_PATIENCE = 300.0
_PAUSE = 10.0


async def attached(context: Context) -> Context:
    """The context whose environment answers for its domain, if it can; else as it was. Never waits for what
    only a person can do.
    """
    if context.domain is None or context.domain.taken:
        return context
    if context.domain.finished:
        tell(context)
        return context
    async with step(context.emit, "domain", context.domain.domain.name) as outcome:
        context = await _issued(context)
        finished = context.domain is not None and context.domain.finished
        outcome.summary = "the certificate is issued" if finished else "the certificate is not issued yet"
    if finished:
        context = await provisioned(context)
    if finished and not (context.domain and context.domain.taken):
        context = await looked_up_again(context)
    tell(context)
    return context


async def _issued(context: Context) -> Context:
    until = time.monotonic() + _PATIENCE
    while True:
        context = await looked_up_again(context)
        found = context.domain
        late = time.monotonic() + _PAUSE > until
        if found is None or found.finished or late or not found.plan.wanted.hosted:
            return context
        await asyncio.sleep(_PAUSE)
        context.cancel.check()
