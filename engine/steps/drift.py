"""Compare AWS with what was deployed; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.results import Drift
from engine.step import step
from engine.steps.provision import operate
from engine.steps.publish import output

if TYPE_CHECKING:
    from engine.context import Context


async def drifted(context: Context) -> Drift:
    """What of the environment others than Windlass have changed. Raises NotFoundError."""
    output(context, "bucket")
    async with step(context.emit, "refresh", f"stack {context.plan.stack}") as outcome:
        found = (await operate(context, "drift")).differences
        resources = len({difference.urn for difference in found})
        outcome.summary = f"{resources} resources differ" if found else "AWS is as it was deployed"
    return Drift(context.environment.app, context.environment.name, found)
