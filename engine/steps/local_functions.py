"""What functions have on AWS, and need on this machine before they run here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.events import Warned

if TYPE_CHECKING:
    from engine.context import Context


async def with_runtimes(context: Context) -> None:
    """Warn of runtimes that this machine does not have, and get the AWS SDK that Node's bring along."""
    if context.target.kind != "local" or not context.spec.backend.functions:
        return
    from engine.local.emulator.runtimes import remarks

    wanted = [function.runtime for function in context.spec.backend.functions.values()]
    for remark in await asyncio.to_thread(lambda: list(remarks(wanted, context.settings.host))):
        context.emit(Warned(remark, hint="Install that version to run here what AWS runs."))
    if wanting := await asyncio.to_thread(_wanting_sdk, context):
        await _with_sdk(context, wanting)


def _wanting_sdk(context: Context) -> list[str]:
    from engine.functions.sources import sources_of
    from engine.local.node_sdk import wants_sdk

    found = context.spec.backend.functions.items()
    nodes = ((name, function) for name, function in found if function.language == "node")
    return [name for name, function in nodes if wants_sdk(sources_of(context.app_folder / function.source))]


async def _with_sdk(context: Context, wanting: list[str]) -> None:
    from engine.build.toolchain.npm import NpmError, host_npm
    from engine.local.node_sdk import install_sdk, sdk_modules

    host = context.settings.host
    try:
        await install_sdk(sdk_modules(host), host_npm(host), context.emit)
    except NpmError as error:
        context.emit(
            Warned(
                f"the AWS SDK for JavaScript could not be installed ({error}): on this machine "
                f"{', '.join(wanting)} will not find @aws-sdk/ packages",
                hint="On AWS they are there. With a network, `windlass deploy --refresh` tries again.",
            )
        )
