"""Find out that there is nothing to do, without starting Pulumi or a build."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.build.steps import steps_of
from engine.context import record_of
from engine.events import StepSkipped
from engine.publish.bucket import read_manifest
from engine.results import Deployment
from engine.state.record import save
from engine.step import step
from engine.steps.domain import tell, visited
from engine.steps.publish import bucket_of
from engine.steps.sources import sources_digest
from engine.verify import VerifyRequest, verify

if TYPE_CHECKING:
    from engine.build.model import Section
    from engine.context import Context

_PATIENCE = 1.0
_BACKEND: tuple[Section, ...] = ("backend-build", "backend-post")


async def sources_of(context: Context) -> str:
    """The digest of what a build would be made from; "" where that cannot be told."""
    return await asyncio.to_thread(sources_digest, context)


async def live_already(context: Context) -> Deployment | None:
    """The deployment, if the same sources and plan made the release that answers now; else None."""
    if context.record.digest != context.plan.digest:
        return None
    done = await _live_still(context, await sources_of(context), ("provision", "build", "publish"))
    return replace(done, unchanged=True) if done else None


async def built_already(context: Context, sources: str) -> Deployment | None:
    """The deployment, if what was just provisioned is nothing that the release that answers was built from:
    a function changed, and the frontend is told of it what it was told before; else None. ``sources`` is the
    digest of what a build would be made from now.
    """
    if any(steps_of(context.spec, section) for section in _BACKEND):
        return None  # who knows what they wrote for the frontend
    return await _live_still(context, sources, ("build", "publish"))


async def _live_still(context: Context, sources: str, left_out: tuple[str, ...]) -> Deployment | None:
    record = context.record
    if not _live_by_record(context):
        return None
    if not record.sources or record.sources != sources:
        return None
    try:
        manifest = await read_manifest(bucket_of(context), record.built)
    except Exception:  # whatever is wrong with it, the long way finds out and says so
        return None
    if manifest is None:
        return None
    url = await visited(context)
    async with step(context.emit, "verify", url) as outcome:
        request = VerifyRequest(url, manifest, patience=_PATIENCE, gate=context.gate)
        checks = await verify(request, context.emit)
        passed = all(check.passed for check in checks)
        outcome.summary = f"{len(checks)} checks passed" if passed else "not as it was left: deploying again"
    if not passed:
        return None
    tell(context)
    for name in left_out:
        context.emit(StepSkipped(step=name, reason=f"nothing has changed since release {record.built}"))
    return Deployment(
        id=context.deployment,
        app=context.environment.app,
        environment=context.environment.name,
        url=context.url,
        release=record.built,
        previous=record.built,
        checks=checks,
    )


async def remember_sources(context: Context, sources: str, release: str) -> None:
    """Note that ``release`` was made from ``sources``."""
    record = await asyncio.to_thread(record_of, context.state, context.environment)
    await asyncio.to_thread(save, context.state, replace(record, sources=sources, built=release))


def _live_by_record(context: Context) -> bool:
    activations = context.record.history.get("activations") or []
    return bool(activations) and activations[-1]["release"] == context.record.built
