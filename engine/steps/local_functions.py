"""What functions have on AWS, and need on this machine before they run here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.events import Warned

if TYPE_CHECKING:
    from engine.context import Context


async def with_runtimes(context: Context) -> None:
    """Warn of runtimes that this machine does not have; functions run on what is nearest."""
    if context.target.kind != "local" or not context.spec.backend.functions:
        return
    from engine.local.emulator.runtimes import remarks

    wanted = [function.runtime for function in context.spec.backend.functions.values()]
    for remark in await asyncio.to_thread(lambda: list(remarks(wanted, context.settings.host))):
        context.emit(Warned(remark, hint="Install that version to run here what AWS runs."))
