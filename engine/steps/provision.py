"""Make AWS as the plan says; skip it where the plan is the one that was provisioned last."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from engine.context import Context, aws_environment
from engine.errors import ProvisionError
from engine.events import StepSkipped
from engine.folders import cache_folder
from engine.provision.checkpoint import read_checkpoint
from engine.provision.find import find
from engine.provision.provision import Provisioned, run, work_dir
from engine.provision.pulumi_cli import find_pulumi
from engine.provision.request import Operation, Request
from engine.provision.stack_lock import unlocked
from engine.state.backend import StateBackend
from engine.state.passphrase import passphrase
from engine.state.record import save
from engine.step import step
from engine.steps.domain import up_to_date, without_taken_names
from engine.steps.functions import packaged
from engine.steps.local_functions import with_runtimes

if TYPE_CHECKING:
    from engine.events import Emit, Event
    from engine.provision.checkpoint import Checkpoint

_LOOKS: tuple[Operation, ...] = ("preview", "drift")  # nothing is changed, so nobody is kept from working


async def provisioned(context: Context, *, refresh: bool = False, allow_replace: bool = False) -> Context:
    """Provision, and give the context with the stack's outputs in its record (which is saved)."""
    context = await up_to_date(context)
    if context.record.digest == context.plan.digest and not refresh:
        context.emit(StepSkipped(step="provision", reason="the plan is the one provisioned last"))
        return context
    await packaged(context)
    await with_runtimes(context)
    try:
        return await _provisioned(context, refresh, allow_replace)
    except ProvisionError as error:
        if (without := without_taken_names(context, error)) is None:
            raise
    return await _provisioned(without, refresh, allow_replace)


async def _provisioned(context: Context, refresh: bool, allow_replace: bool) -> Context:
    async with step(context.emit, "provision", f"stack {context.plan.stack}") as outcome:
        done = await operate(
            context,
            "up",
            refresh=refresh or context.record.interrupted(context.deployment),
            allow_replace=allow_replace or context.environment.policy.allow_replace,
        )
        outcome.summary = summary(done)
    outputs = {name: str(value) for name, value in done.outputs.items()}
    context = context.with_record(digest=context.plan.digest, outputs=outputs)
    context = context.with_record(url=context.url)
    await asyncio.to_thread(save, context.state, context.record)
    return context


async def operate(context: Context, operation: Operation, **options: Any) -> Provisioned:
    """Run one stack operation in a process of its own, after clearing what a dead one left."""
    pulumi = await asyncio.to_thread(
        find_pulumi, context.settings.host, _cancellable(context), context.settings.pulumi
    )
    plan = context.plan
    if operation not in _LOOKS:
        await unlocked(context.state, plan.app, plan.environment, context.emit, context.cancel)
    checkpoint = await asyncio.to_thread(read_checkpoint, context.state, plan.app, plan.environment)
    found = await asyncio.to_thread(_interrupted, context, checkpoint)
    with work_dir() as folder:
        # A preview of a stack that is not there yet must not leave one behind: its state is a scratch folder.
        scratch = operation == "preview" and checkpoint is None
        request = Request(
            operation=operation,
            plan=plan,
            state=StateBackend(f"file://{folder}").pulumi_url if scratch else context.state.pulumi_url,
            pulumi=str(pulumi),
            work_dir=folder,
            secrets_provider=context.environment.policy.secrets_provider,
            exists=checkpoint is not None,
            endpoint=context.target.endpoint,
            recover=bool(checkpoint and checkpoint.pending),
            found=found,
            **options,
        )
        environment = await asyncio.to_thread(pulumi_environment, context, request.state)
        return await run(request, environment, context.emit, context.cancel)


def pulumi_environment(context: Context, state: str) -> dict[str, str]:
    """The whole environment of a process that runs the Pulumi CLI (automation-api pitfalls 18, 23, 40)."""
    home = cache_folder(context.settings.host) / "pulumi" / "home"
    return {
        **aws_environment(context.settings, context.target),
        "PULUMI_BACKEND_URL": state,
        "PULUMI_CONFIG_PASSPHRASE": passphrase(context.state, context.settings.host),
        "PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER": "true",
        "PULUMI_HOME": str(home),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_SUPPRESS_NEO_LINK": "true",
        "PULUMI_DIY_BACKEND_PARALLEL": "16",
        "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": str(context.environment.preview).lower(),
        "NO_COLOR": "1",
    }


def summary(done: Provisioned) -> str:
    """``3 created, 1 changed, 7 unchanged``."""
    words = {
        "create": "created",
        "update": "changed",
        "replace": "replaced",
        "delete": "deleted",
        "keep": "kept",
    }
    parts = [f"{done.count(op)} {word}" for op, word in words.items() if done.count(op)]
    same = done.count("same")
    return ", ".join([*parts, *([f"{same} unchanged"] if same else [])]) or "nothing to do"


def _cancellable(context: Context) -> Emit:
    """An ``emit`` that ends a long search for the CLI (it may be built) once anybody asks to stop."""

    def emit(event: Event) -> None:
        context.cancel.check()
        context.emit(event)

    return emit


def _interrupted(context: Context, checkpoint: Checkpoint | None) -> tuple[tuple[str, str], ...]:
    """Of the resources whose creation was cut short, those that do exist: pairs of URN and id."""
    pending = checkpoint.pending if checkpoint else ()
    ids = [(r.urn, find(context.target, r.type, r.inputs)) for r in pending]
    return tuple((urn, id_) for urn, id_ in ids if id_)
