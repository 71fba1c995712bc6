"""The tools of a build, chosen and told before its commands run."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

from engine.build.toolchain.commands import commands_of
from engine.build.toolchain.toolchain import toolchain
from engine.folders import cache_folder
from engine.step import step

if TYPE_CHECKING:
    from engine.build.model import BuildRequest
    from engine.build.toolchain.model import Toolchain
    from engine.context import Context


async def equipped(context: Context, request: BuildRequest) -> BuildRequest:
    """The request with the tools that its commands need; unchanged where it has no commands.

    Raises what :func:`engine.build.toolchain.toolchain` raises, and CancelledError.
    """
    if not commands_of(request.spec):
        return request
    async with step(context.emit, "toolchain") as outcome:
        tools = await _tools(context, request)
        outcome.summary = tools.summary
    return dataclasses.replace(
        request,
        tools=tools,
        variables=tools.applied(request.variables),
        read=(*request.read, *tools.read),
        written=(*request.written, *tools.written),
    )


async def _tools(context: Context, request: BuildRequest) -> Toolchain:
    host = context.settings.host
    work = asyncio.ensure_future(
        toolchain(
            request.project,
            request.spec,
            host,
            cache_folder(host),
            context.emit,
            scratch=request.scratch,
            variables=request.variables,
        )
    )
    asked = asyncio.ensure_future(context.cancel.wait())
    try:
        await asyncio.wait({work, asked}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            context.cancel.check()
        return await work
    finally:
        asked.cancel()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
