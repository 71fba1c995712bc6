"""Take an environment away: its files, its resources, its stack with backups, what is remembered of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.context import record_of
from engine.errors import NotFoundError
from engine.events import StepSkipped, Warned
from engine.plan.changes import STATEFUL_TYPES
from engine.provision.checkpoint import read_checkpoint, sweep
from engine.provision.stack_lock import unlocked
from engine.publish.empty import empty
from engine.state.lock import locked
from engine.state.record import forget
from engine.step import step
from engine.steps.backend import with_secret_paths
from engine.steps.functions import packaged
from engine.steps.keep_secrets import own_secrets_removed
from engine.steps.provision import operate, summary

if TYPE_CHECKING:
    from engine.context import Context


async def destroyed(context: Context, *, delete_data: bool = False) -> bool:
    """Destroy the environment; False where there was nothing. Safe to repeat after a failure.

    With ``delete_data`` also what its policy retains, were it only left from an environment that is gone.
    """
    environment = context.environment
    names = (environment.app, environment.name)
    async with locked(context.state, *names, context.deployment, context.emit):
        await unlocked(context.state, *names, context.emit, context.cancel)
        checkpoint = await asyncio.to_thread(read_checkpoint, context.state, *names)
        if checkpoint is None and not (delete_data and context.plan.backend):
            context.emit(StepSkipped(step="destroy", reason="there is no such stack"))
        else:
            await _emptied(context)
            if delete_data:
                context = await with_secret_paths(context)
                await packaged(context)  # to find what was left, the program is asked for names
            async with step(context.emit, "destroy", f"stack {context.plan.stack}") as outcome:
                done = await operate(context, "destroy", delete_data=delete_data)
                outcome.summary = summary(done)
            kept = [one for one in done.changes if one.operation == "keep" and one.type in STATEFUL_TYPES]
            if kept:
                context.emit(_still_there(context, [change.name for change in kept]))
        existed = checkpoint is not None or bool(
            (await asyncio.to_thread(record_of, context.state, environment)).jobs
        )
        await own_secrets_removed(context)
        await asyncio.to_thread(sweep, context.state, *names)
        await asyncio.to_thread(forget, context.state, *names)
    return existed


def _still_there(context: Context, kept: list[str]) -> Warned:
    name, target = context.environment.name, context.target.kind
    return Warned(
        message=f"kept, with their data, as the policy's `retain` says: {', '.join(kept)}",
        hint="They cost money as long as they are there. The next deployment takes them in again; to delete "
        f"them: windlass destroy --env {name} --delete-data --target {target}",
    )


async def _emptied(context: Context) -> None:
    bucket = context.record.outputs.get("bucket")
    if not bucket:
        return
    async with step(context.emit, "empty", f"bucket {bucket}") as outcome:
        try:
            outcome.summary = f"{await empty(context.target, bucket)} objects"
        except NotFoundError as error:
            context.emit(Warned(message=error.message))
