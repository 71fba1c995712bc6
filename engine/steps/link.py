"""Tell the frontend of its backend before it is built: variables, and ``amplify_outputs.json``."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.events import StepSkipped
from engine.link.public import LINKED
from engine.step import step
from engine.steps.borrow import warn_of_origin

if TYPE_CHECKING:
    from engine.context import Context


def linked_variables(context: Context) -> dict[str, str]:
    """The public outputs of the backend, with the prefix of the app's framework."""
    if not _kinds(context):
        return {}
    from engine.link.public import public_variables
    from engine.spec.public import main_public_prefix

    prefix = main_public_prefix(context.settings.project, context.spec.app_root)
    return public_variables(context.told, prefix) if prefix else {}


async def linked(context: Context) -> None:
    """Write ``amplify_outputs.json`` into the app's folder, where the spec has anything that it is for."""
    if not (kinds := _kinds(context)):
        return
    warn_of_origin(context)
    if not context.told:
        context.emit(StepSkipped(step="link", reason="the backend is not provisioned"))
        return
    from engine.link.amplify_outputs import FILE

    async with step(context.emit, "link", FILE) as outcome:
        await asyncio.to_thread(_write, context)
        outcome.summary = ", ".join(kinds)


def _kinds(context: Context) -> list[str]:
    return [kind for kind in LINKED if kind in context.spec.backend.resources]


def _write(context: Context) -> None:
    from engine.link.amplify_outputs import FILE, amplify_outputs
    from engine.link.formats import as_json

    backend = context.spec.backend
    urls = dict.fromkeys(url.rstrip("/") for url in (context.url, *backend.origins) if url)
    region = context.lent.region if context.lent else context.target.region
    content = amplify_outputs(backend, region, context.told, urls)
    (context.app_folder / FILE).write_text(as_json(content) + "\n")
