"""Make the archives of functions whose code changed, before AWS is made."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import Where
from engine.folders import cache_folder
from engine.functions.sources import refuse_missing, source_digest, sources_of
from engine.functions.wrapper import wrapper_of
from engine.plan.backend import Package
from engine.step import step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.context import Context
    from engine.functions.sources import Source
    from engine.spec.model import Spec


def packages_of(spec: Spec, app_folder: Path, host: Mapping[str, str]) -> dict[str, Package]:
    """The packages of all functions of the spec, whether their archives are there yet or not.

    Raises SpecError where code is missing.
    """
    found = {}
    for name, function in spec.backend.functions.items():
        folder = app_folder / function.source
        refuse_missing(name, function, folder, _where(spec, name))
        digest = source_digest(function, sources_of(folder))
        found[name] = Package(digest, str(cache_folder(host) / "functions" / f"{digest}.zip"))
    return found


async def packaged(context: Context) -> None:
    """Make every archive of the plan that is not there.

    Raises BuildError where packages cannot be installed, a command fails, or Lambda would not take it.
    """
    packages = context.plan.backend.packages if context.plan.backend else {}
    missing = {name: package for name, package in packages.items() if not Path(package.path).is_file()}
    if not missing:
        return
    async with step(context.emit, "functions", ", ".join(missing)) as outcome:
        sizes = [await _made(context, name, Path(package.path)) for name, package in missing.items()]
        outcome.summary = f"{len(sizes)} packed, {sum(sizes) / 1e6:.1f} MB"


async def _made(context: Context, name: str, archive: Path) -> int:
    from engine.functions.archive import write_archive
    from engine.functions.install import commands_for
    from engine.steps.build import build_folder

    function = context.spec.backend.functions[name]
    async with build_folder(context) as scratch:
        folder = scratch / "function"
        sources = await asyncio.to_thread(sources_of, context.app_folder / function.source)
        await asyncio.to_thread(_copy, sources, folder)
        await _run(context, commands_for(name, function, folder), folder, scratch)
        if wrapper := wrapper_of(function):
            shutil.copyfile(wrapper, folder / wrapper.name)
        return await asyncio.to_thread(write_archive, name, folder, archive)


def _copy(sources: tuple[Source, ...], folder: Path) -> None:
    for source in sources:
        target = folder / source.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source.file, target)


async def _run(context: Context, commands: tuple[str, ...], folder: Path, scratch: Path) -> None:
    """Run the commands as those of a build of their own: its tools, limits, isolation and log."""
    if not commands:
        return
    from engine.build.runner import run_section
    from engine.spec.model import Frontend, Spec
    from engine.spec.phases import Phase, Phases
    from engine.steps.build import build_request
    from engine.steps.toolchain import equipped

    spec = Spec(app=context.spec.app, frontend=Frontend(phases=Phases(build=Phase(commands=commands))))
    request = dataclasses.replace(build_request(context, scratch), project=folder, spec=spec)
    await run_section(await equipped(context, request), "frontend", context.emit, context.cancel.event)


def _where(spec: Spec, name: str) -> Where | None:
    line = spec.lines.get(f"backend.functions.{name}")
    return Where(spec.file, line) if line else None
