"""Run the spec's phases and take what they made as a bundle."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from engine.build.cache import restore_cache, save_cache
from engine.build.env_cache import commands_folder, env_cache
from engine.build.model import BuildRequest, Section
from engine.build.runner import run_section
from engine.build.steps import steps_of
from engine.build.toolchain.advice import advising
from engine.build.variables import build_environment, secret_values
from engine.bundle.collect import collect
from engine.environment.variables import values
from engine.events import StepSkipped
from engine.local.folder import alone, project_folder
from engine.publish.key_values import SERVICE
from engine.step import step
from engine.steps.cache import cache_of
from engine.steps.isolation import host_files, settled_isolation, without_new_git
from engine.steps.leaks import refuse_leaks
from engine.steps.link import linked_variables
from engine.steps.origin import with_origin
from engine.steps.phases import controls_of
from engine.steps.tested import tested
from engine.steps.toolchain import equipped
from engine.steps.variables import build_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from engine.bundle.model import Bundle
    from engine.context import Context


async def built_backend(context: Context, section: Section) -> None:
    """Run a part of the backend's phases, if the spec has any."""
    if not has_commands(context, section):
        return
    if controls_of(context).skip_backend:
        context.emit(StepSkipped(step=section, reason="AMPLIFY_SKIP_BACKEND_BUILD is on"))
        return
    async with build_folder(context) as scratch:
        request = await equipped(context, build_request(context, scratch))
        async with step(context.emit, section):
            await _run(context, request, section)


@asynccontextmanager
async def built(context: Context) -> AsyncIterator[Bundle]:
    """Run the frontend's phases, collect the bundle, run the tests; raises BuildError if any fails.

    The files of the bundle are those of the checkout, so inside the block no other build of it begins.
    """
    async with build_folder(context) as scratch:
        request = await equipped(context, build_request(context, scratch))
        cache = cache_of(context, request.tools.node if request.tools else "")
        context.clients.warm(context.target, SERVICE)  # publishing will want it
        if context.settings.cache:
            await restore_cache(cache, context.emit)
        if has_commands(context, "frontend"):
            async with step(context.emit, "build"):
                await _run(context, request, "frontend")
        else:
            context.emit(StepSkipped(step="build", reason="the spec has no frontend commands"))
        async with step(context.emit, "bundle") as outcome:
            bundle = await collect(context.settings.project, context.spec, context.emit)
            bundle = await with_origin(context, bundle)
            await refuse_leaks(context, bundle)
            outcome.summary = f"{len(bundle.files)} files, {bundle.size / 1e6:.1f} MB"
        if has_commands(context, "test") and controls_of(context).skip_tests:
            context.emit(StepSkipped(step="test", reason="USER_DISABLE_TESTS is on"))
        elif has_commands(context, "test"):
            async with step(context.emit, "test") as outcome:
                outcome.summary = await tested(context, request, _run(context, request, "test"))
        # Nobody need wait for the cache to be written before the release is live.
        saving = asyncio.create_task(save_cache(cache, context.emit))
        try:
            yield bundle
        finally:
            await saving


async def _run(context: Context, request: BuildRequest, section: Section) -> None:
    with context.building.running() as spent:
        request = dataclasses.replace(request, timeout=controls_of(context).limit.seconds, spent=spent)
        with without_new_git(request, context.emit), advising(request, context.emit) as emit:
            await run_section(request, section, emit, context.cancel.event)


def has_commands(context: Context, section: Section) -> bool:
    """Whether the spec has any command in ``section``."""
    return bool(steps_of(context.spec, section))


def build_request(context: Context, scratch: Path) -> BuildRequest:
    """What the runner needs to know for the commands of the spec."""
    secrets = {secret.name: secret.value for secret in context.secrets}
    variables = build_environment(
        context.settings.host,
        context.spec,
        build_context(context),
        context.told,
        {**linked_variables(context), **values(context.variables), **secrets},
        scratch,
    )
    variables["PATH"] = f"{commands_folder(scratch)}:{variables['PATH']}"
    return BuildRequest(
        project=context.settings.project,
        spec=context.spec,
        variables=variables,
        scratch=scratch,
        secrets=(*secrets.values(), *secret_values(variables)),
        isolation=settled_isolation(context),
        limits=context.environment.policy.limits,
        read=host_files(context.settings.host),
    )


@asynccontextmanager
async def build_folder(context: Context) -> AsyncIterator[Path]:
    """A folder for the files of this build. Builds in one checkout share its ``node_modules`` and output
    folder, so they take turns, whatever their environments.
    """
    home = project_folder(context.settings.project)
    async with alone(home):
        await asyncio.to_thread(shutil.rmtree, home / "build", True)  # what a killed build left
        folder = home / "build" / context.deployment
        folder.mkdir(parents=True)
        environment = context.environment
        kept = home / "env-cache" / environment.app / environment.name
        try:
            with env_cache(kept, folder, context.emit):
                yield folder
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, True)
