"""Look at a deployed environment as its visitors see and use it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from engine.errors import NotFoundError, VerifyError
from engine.events import ignore
from engine.publish.activate import live
from engine.publish.bucket import read_manifest
from engine.results import Verification
from engine.state.record import environments, load
from engine.step import step
from engine.steps.borrow import borrowed
from engine.steps.domain import visited
from engine.steps.gate import gated
from engine.steps.publish import bucket_of, output, values_of
from engine.steps.resolve import opened, resolved
from engine.verify import VerifyRequest, verify
from engine.verify.model import is_local
from engine.verify.site import reachable
from engine.verify.web import Web

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.cancel import Cancel
    from engine.context import Context, Settings
    from engine.environment.resolve import Choice
    from engine.events import Emit
    from engine.publish.manifest import Manifest
    from engine.verify import Check
    from engine.verify.web import Answer


async def verified_in_use(settings: Settings, choice: Choice, emit: Emit, cancel: Cancel) -> Verification:
    """Every check of the site and of its backend. Raises VerifyError where one does not pass, NotFoundError
    where nothing is live.
    """
    context = await gated(await opened(settings, choice, emit, cancel, deploys=False))
    found = await asyncio.to_thread(resolved, settings, choice, ignore)
    context = replace(context, lent=await asyncio.to_thread(borrowed, settings, found))
    manifest = await _live(context)
    url = await visited(context)
    async with step(context.emit, "verify", url) as outcome:
        request = VerifyRequest(url, manifest, gate=context.gate)
        site = await verify(request, context.emit)
        checks = (*site, *await _of_backend(context, manifest, url))
        failed = [check for check in checks if not check.passed]
        if failed:
            raise VerifyError(
                f"{len(failed)} of {len(checks)} checks of {context.environment.name} did not pass",
                hint="What is live was left as it is. `windlass status --refresh` says what others changed.",
                details=tuple(f"{check.name}: {check.message}" for check in failed),
            )
        outcome.summary = f"{len(checks)} checks passed"
    return Verification(context.environment.app, context.environment.name, url, manifest.release, checks)


async def _live(context: Context) -> Manifest:
    output(context, "bucket")
    release = await live(await values_of(context))
    manifest = await read_manifest(bucket_of(context), release) if release else None
    if manifest is None:
        name = context.environment.name
        raise NotFoundError(
            f"no release is live in {name}", hint=f"Run `{context.environment.deploy_call}` first."
        )
    return manifest


async def _of_backend(context: Context, manifest: Manifest, url: str) -> tuple[Check, ...]:
    spec = context.spec.backend
    if not spec.resources:
        return ()
    from engine.verify.backend import BackendRequest, verify_backend

    request = BackendRequest(
        spec=spec,
        outputs=context.told,
        target=replace(context.target, region=context.lent.region) if context.lent else context.target,
        manifest=manifest,
        page=_page_of(url, context.gate.header if context.gate else {}),
        foreign=await asyncio.to_thread(_others, context),
    )
    return await verify_backend(request, context.emit, context.cancel)


def _page_of(url: str, headers: Mapping[str, str]) -> Callable[[str], Answer]:
    where, own = reachable(url)
    web = Web(local=is_local(url))
    return lambda path: web.get(where + quote(path, safe="/~!$&'()*+,;=:@"), {**headers, **own})


def _others(context: Context) -> dict[str, dict[str, str]]:
    """The outputs of all other environments of the app that this state knows."""
    app, own = context.environment.app, context.environment.name
    records = {name: load(context.state, app, name) for name in environments(context.state, app)}
    return {name: record.told for name, record in records.items() if record and name != own}
