"""Bundle -> release -> live -> verified; and back, where it does not verify."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from engine.context import Context, user_of
from engine.errors import NotFoundError, PublishError, VerifyError, WindlassError
from engine.events import StepSkipped, Warned
from engine.publish.activate import activate, live, prepare
from engine.publish.bucket import read_manifest, s3_errors, usable_manifest
from engine.publish.history import (
    History,
    ReleaseRecord,
    previous_of,
    with_activation,
    with_release,
    without_releases,
)
from engine.publish.key_values import SERVICE, KeyValues
from engine.state.record import save
from engine.step import step
from engine.steps.domain import visited
from engine.target import store
from engine.verify import VerifyRequest, verify

if TYPE_CHECKING:
    from obstore.store import ObjectStore

    from engine.bundle.model import Bundle
    from engine.publish.content import Content
    from engine.publish.manifest import Manifest
    from engine.publish.upload import Published
    from engine.verify import Check


def history_of(context: Context) -> History:
    """The releases and activations of the environment."""
    kept = context.record.history
    return History.from_json(json.dumps(kept)) if kept else History()


async def with_history(context: Context, history: History) -> Context:
    """The context with ``history`` in its record, saved."""
    context = context.with_record(history=json.loads(history.to_json()))
    await asyncio.to_thread(save, context.state, context.record)
    return context


async def published(
    context: Context, bundle: Bundle, content: Content | None = None
) -> tuple[Context, Published]:
    """Publish ``bundle``; what is live stays live. ``content`` has its files where they are not its own."""
    from engine.publish.upload import publish

    async with step(context.emit, "publish", f"{len(bundle.files)} files") as outcome:
        bucket = bucket_of(context)
        previous = await _live_manifest(context, bucket)
        done = await publish(
            bucket,
            bundle,
            previous=previous,
            commit=context.checkout.commit,
            emit=context.emit,
            content=content,
            names=context.environment.names,
        )
        counts = f"{done.uploaded} uploaded, {done.copied} copied, {done.kept} kept"
        outcome.summary = f"release {done.manifest.release}: {counts}"
    record = ReleaseRecord(
        id=done.manifest.release,
        created=done.manifest.created,
        commit=done.manifest.commit,
        branch=bundle.origin.branch if bundle.origin else context.environment.branch,
        files=len(done.manifest.files),
        bytes=done.manifest.size,
        deployment=context.deployment,
    )
    return await with_history(context, with_release(history_of(context), record)), done


async def activated(context: Context, manifest: Manifest, kind: str) -> tuple[Context, str]:
    """Make the release live by one write; gives what was live before ("" for the first)."""
    async with step(context.emit, "activate", f"release {manifest.release}") as outcome:
        values = await values_of(context)
        await prepare(values, manifest)
        context.cancel.check()
        previous = await activate(values, manifest, context.emit, context.gate) or ""
        outcome.summary = _instead_of(previous, manifest.release)
    # A deployment that died right after the write could not note it, so go by the notes.
    if _last_noted(context) != manifest.release:
        context = await _noted(context, manifest.release, kind)
    return context, previous


async def verified(context: Context, manifest: Manifest, previous: str) -> tuple[Check, ...]:
    """Look at what is live; if it is not as it should be, make ``previous`` live again.

    Raises VerifyError with the checks that failed.
    """
    url = await visited(context)
    async with step(context.emit, "verify", url) as outcome:
        checks = await verify(VerifyRequest(url, manifest, gate=context.gate), context.emit)
        failed = [check for check in checks if not check.passed]
        if failed:
            undone = await _went_back(context, manifest.release, previous)
            raise VerifyError(
                f"release {manifest.release} does not answer as it should; {undone}",
                hint="Read the checks above; `windlass logs` has the build.",
                details=tuple(f"{check.name}: {check.message}" for check in failed),
            )
        outcome.summary = f"{len(checks)} checks passed"
    return checks


async def pruned(context: Context) -> Context:
    """Delete what the retention no longer keeps; trouble here is a warning, the release is live."""
    from engine.publish.prune import prune

    history = history_of(context)
    retention = context.environment.policy.retention
    if len(history.releases) <= retention.releases:
        context.emit(StepSkipped(step="prune", reason=f"all {len(history.releases)} kept"))
        return context
    try:
        async with step(context.emit, "prune") as outcome:
            done = await prune(
                bucket_of(context),
                await values_of(context),
                history,
                keep=retention.releases,
                grace=timedelta(days=retention.assets_days),
                now=datetime.now(UTC),
            )
            outcome.summary = f"{len(done.releases)} old releases, {done.objects} objects"
    except PublishError as error:
        context.emit(Warned(message=f"old releases were not removed: {error.message}", hint=error.hint))
        return context
    return await with_history(context, without_releases(history, set(done.releases)))


async def rollback_target(context: Context, release: str | None) -> Manifest:
    """The manifest of ``release``, or else of the one that was live before the present one.

    Raises NotFoundError where there is none to go back to.
    """
    history = history_of(context)
    wanted = release or previous_of(history, await live(await values_of(context)))
    if wanted is None:
        raise NotFoundError(
            "there is no earlier release to go back to", hint="`windlass releases` lists what there is."
        )
    found = [r.id for r in history.releases if r.id.startswith(wanted)]
    with s3_errors():
        manifest = await read_manifest(bucket_of(context), found[0]) if len(found) == 1 else None
    if manifest is None:
        many = "is ambiguous" if len(found) > 1 else "does not exist"
        raise NotFoundError(f"release {wanted} {many}", hint="`windlass releases` lists what there is.")
    return manifest


def bucket_of(context: Context) -> ObjectStore:
    """The environment's bucket."""
    return store(context.target, output(context, "bucket"))


async def values_of(context: Context) -> KeyValues:
    """The environment's KeyValueStore."""
    arn = output(context, "key_value_store_arn")
    return KeyValues(await asyncio.to_thread(context.clients.get, context.target, SERVICE), arn)


def output(context: Context, name: str) -> str:
    """An output of the stack. Raises NotFoundError where the environment was never provisioned."""
    if name not in context.record.outputs:
        raise NotFoundError(
            f"environment {context.environment.name} of {context.environment.app} is not deployed",
            hint=f"Run `{context.environment.deploy_call}` first.",
        )
    return str(context.record.outputs[name])


def _instead_of(previous: str, release: str) -> str:
    if previous == release:
        return "was live already"
    return f"{previous} was live before" if previous else "the first release"


def _last_noted(context: Context) -> str:
    activations = history_of(context).activations
    return activations[-1].release if activations else ""


async def _live_manifest(context: Context, bucket: ObjectStore) -> Manifest | None:
    release = await live(await values_of(context))
    with s3_errors():
        return await usable_manifest(bucket, release) if release else None


async def _noted(context: Context, release: str, kind: str) -> Context:
    history = with_activation(
        history_of(context),
        release,
        datetime.now(UTC).isoformat(timespec="seconds"),
        context.deployment,
        user_of(context.settings.host),
        kind,
    )
    return await with_history(context, history)


async def _went_back(context: Context, release: str, previous: str) -> str:
    """Undo an activation; says in words what is live now."""
    if not previous or previous == release:
        return "there is no earlier release to go back to"
    manifest = None
    with suppress(WindlassError), s3_errors():
        manifest = await usable_manifest(bucket_of(context), previous)
    if manifest is None:
        return f"release {previous} could not be found to go back to"
    await activate(await values_of(context), manifest, context.emit, context.gate)
    await _noted(context, previous, "revert")
    return f"release {previous} is live again"
