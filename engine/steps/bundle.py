"""Make a bundle without a deployment, and take one that was made."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from engine.context import Context, account_of, deployment_id, record_of
from engine.events import Warned
from engine.local.folder import alone, project_folder
from engine.plan.make import make_plan
from engine.publish.manifest import release_id
from engine.results import BuiltBundle
from engine.secrets.access import withheld
from engine.state.record import EnvironmentRecord
from engine.step import step
from engine.steps.borrow import borrowed
from engine.steps.resolve import reach, resolved
from engine.steps.secrets import asked_of_store
from engine.target import Target

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from engine.bundle.model import Bundle
    from engine.cancel import Cancel
    from engine.context import Settings
    from engine.environment.model import Environment
    from engine.environment.resolve import Choice
    from engine.events import Emit
    from engine.steps.resolve import Resolved


async def unreached(settings: Settings, choice: Choice, emit: Emit, cancel: Cancel) -> Context:
    """The context of a build that reaches nothing: no AWS, no emulator; but where the secrets are that the
    spec asks for and the call does not give.

    The URL and the outputs are those of the last provisioning, as far as they are remembered; a Warned event
    says where they are not. The plan in it is for no account and cannot be carried out.
    """
    found = await asyncio.to_thread(resolved, settings, choice, emit)
    environment = found.environment
    record = await asyncio.to_thread(_remembered, found, emit)
    return Context(
        settings=settings,
        spec=found.spec,
        environment=environment,
        checkout=found.checkout,
        target=await _target(settings, found, emit),
        state=found.state,
        plan=make_plan(environment, "", "", found.checkout),
        record=dataclasses.replace(record, jobs=record.jobs + 1),
        deployment=deployment_id(),
        emit=emit,
        cancel=cancel,
        lent=await asyncio.to_thread(borrowed, settings, found),
    )


async def saved(context: Context, bundle: Bundle, output: Path | None) -> BuiltBundle:
    """Keep ``bundle`` at ``output``, by default below ``.windlass/bundles`` of the project."""
    from engine.bundle.save import save_bundle

    release = release_id(bundle)
    path = output or project_folder(context.settings.project) / "bundles" / release
    async with step(context.emit, "save", str(path)) as outcome:
        await asyncio.to_thread(save_bundle, bundle, path)
        outcome.summary = f"release {release}, {len(bundle.files)} files"
    return BuiltBundle(
        path=path,
        digest=bundle.digest,
        release=release,
        app=context.environment.app,
        environment=context.environment.name,
        files=len(bundle.files),
        bytes=bundle.size,
        inlined=bundle.origin.names if bundle.origin else (),
    )


@asynccontextmanager
async def stored(context: Context, path: Path) -> AsyncIterator[Bundle]:
    """The bundle that was saved at ``path``, checked file by file; an archive is unpacked for the block."""
    from engine.bundle.load import load_bundle

    folder = project_folder(context.settings.project) / "unpacked"
    folder.mkdir(exist_ok=True)
    async with alone(folder):
        scratch = folder / "bundle"
        await asyncio.to_thread(shutil.rmtree, scratch, True)  # what a killed deployment left
        scratch.mkdir()
        try:
            async with step(context.emit, "bundle", str(path)) as outcome:
                bundle = await asyncio.to_thread(load_bundle, path, scratch)
                built_for = f", built for {bundle.origin.environment}" if bundle.origin else ""
                outcome.summary = f"release {release_id(bundle)}, {len(bundle.files)} files{built_for}"
            yield bundle
        finally:
            await asyncio.to_thread(shutil.rmtree, scratch, True)


def of_commit(context: Context, commit: str) -> Context:
    """The context of a deployment of ``commit``, whatever is checked out."""
    tags = {**context.plan.tags, "windlass:commit": commit or "unknown"}
    return dataclasses.replace(
        context,
        checkout=dataclasses.replace(context.checkout, commit=commit),
        plan=dataclasses.replace(context.plan, tags=tags),
    )


def _remembered(found: Resolved, emit: Emit) -> EnvironmentRecord:
    name = found.environment.name
    try:
        record = record_of(found.state, found.environment)
        reason = f"{name} is not deployed"
    except Exception as error:  # the state may be in a bucket, and no build needs AWS
        record = EnvironmentRecord(app=found.environment.app, environment=name)
        reason = f"its state {found.state.url} cannot be read ({str(error).splitlines()[0]})"
    if not record.outputs:
        emit(
            Warned(
                f"{reason}: the build is not told the outputs of its stack",
                hint=f"Deploy {name} once where the build needs them.",
            )
        )
    return record


async def _target(settings: Settings, found: Resolved, emit: Emit) -> Target:
    environment = found.environment
    if not asked_of_store(found.spec, settings) or withheld(environment, settings.project):
        return _known_target(settings, environment)
    target = await reach(settings, environment, emit)
    await account_of(target, environment)
    return target


def _known_target(settings: Settings, environment: Environment) -> Target:
    policy = environment.policy
    if policy.target == "aws":
        return Target("aws", policy.region, profile=policy.profile)
    try:
        from engine.local.emulator.record import read
        from engine.local.folder import data_path
    except ImportError:
        return Target("local")
    known = read(data_path(settings.project))
    return Target("local", endpoint=f"http://127.0.0.1:{known.port}" if known else None)
