"""Run the spec's phases and take what they made as a bundle."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from engine.build.cache import restore_cache, save_cache
from engine.build.model import BuildRequest, Section
from engine.build.runner import run_section
from engine.build.steps import steps_of, working_folder
from engine.build.variables import BuildContext, build_environment, secret_values
from engine.bundle.collect import collect
from engine.events import StepSkipped
from engine.local.folder import alone, project_folder
from engine.provision.pulumi_cli import cache_folder
from engine.step import step

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from engine.bundle.model import Bundle
    from engine.context import Context


async def built_backend(context: Context, section: Section) -> None:
    """Run a part of the backend's phases, if the spec has any."""
    if not has_commands(context, section):
        return
    async with _scratch(context) as scratch, step(context.emit, section):
        await run_section(_request(context, scratch), section, context.emit, context.cancel.event)


async def built(context: Context) -> Bundle:
    """Run the frontend's phases, collect the bundle, run the tests; raises BuildError if any fails."""
    async with _scratch(context) as scratch:
        request = _request(context, scratch)
        cache = cache_folder(context.settings.host) / "builds"
        folder = working_folder(context.settings.project, context.spec)
        name, base = context.environment.name, _base(context)
        await restore_cache(cache, folder, context.spec, name, context.emit, base=base)
        if has_commands(context, "frontend"):
            async with step(context.emit, "build"):
                await run_section(request, "frontend", context.emit, context.cancel.event)
        else:
            context.emit(StepSkipped(step="build", reason="the spec has no frontend commands"))
        async with step(context.emit, "bundle") as outcome:
            bundle = await collect(context.settings.project, context.spec, context.emit)
            outcome.summary = f"{len(bundle.files)} files, {bundle.size / 1e6:.1f} MB"
        if has_commands(context, "test"):
            async with step(context.emit, "test"):
                await run_section(request, "test", context.emit, context.cancel.event)
        await save_cache(cache, folder, context.spec, name, context.emit)
    return bundle


def has_commands(context: Context, section: Section) -> bool:
    """Whether the spec has any command in ``section``."""
    return bool(steps_of(context.spec, section))


def _base(context: Context) -> str:
    """The environment whose cache a new one starts from: the first that has a branch of its own."""
    named = (n for n, rule in context.spec.environments.items() if rule.branch and "*" not in rule.branch)
    return next(named, "prod")


def _request(context: Context, scratch: Path) -> BuildRequest:
    variables = build_environment(
        context.settings.host,
        context.spec,
        _build_context(context),
        context.record.outputs,
        {**context.settings.variables, **context.settings.secrets},
        scratch,
    )
    return BuildRequest(
        project=context.settings.project,
        spec=context.spec,
        variables=variables,
        scratch=scratch,
        secrets=(*context.settings.secrets.values(), *secret_values(variables)),
    )


def _build_context(context: Context) -> BuildContext:
    pull_request = context.environment.pull_request
    return BuildContext(
        app=context.environment.app,
        branch=context.environment.branch,
        commit=context.checkout.commit,
        job=context.record.jobs,
        url=context.url,
        environment=context.environment.name,
        deployment=context.deployment,
        pull_request=pull_request,
        clone_url=context.checkout.remote,
        region=context.target.region,
    )


@asynccontextmanager
async def _scratch(context: Context) -> AsyncIterator[Path]:
    """A folder for the files of this build. Builds in one checkout share its ``node_modules`` and output
    folder, so they take turns, whatever their environments.
    """
    home = project_folder(context.settings.project)
    async with alone(home):
        await asyncio.to_thread(shutil.rmtree, home / "build", True)  # what a killed build left
        folder = home / "build" / context.deployment
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, True)
