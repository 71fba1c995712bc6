"""Put the release that is live in one environment into another, without building it again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.environment.resolve import Choice
from engine.errors import NotFoundError, UsageError
from engine.events import Warned
from engine.publish.activate import live
from engine.publish.bucket import read_manifest
from engine.publish.elsewhere import CopiedContent, StreamedContent, bundle_of
from engine.steps.publish import bucket_of, output, values_of
from engine.steps.resolve import opened
from engine.target import client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bundle.model import Bundle
    from engine.cancel import Cancel
    from engine.context import Context, Settings
    from engine.events import Emit, Event
    from engine.publish.content import Content
    from engine.publish.manifest import Manifest

_COPIES_AT_ONCE = 32


@dataclass(frozen=True)
class LiveRelease:
    """The release that is live in the environment of ``source``."""

    source: Context
    manifest: Manifest
    bundle: Bundle

    @contextmanager
    def content(self, context: Context) -> Iterator[Content]:
        """Its files, on the shortest way into the environment of ``context``.

        That is inside S3 where both are in one account, else through this machine.
        """
        here, there = self.source, context
        one = (here.target.endpoint, here.plan.account) == (there.target.endpoint, there.plan.account)
        if not one:
            yield StreamedContent(bucket_of(here), self.manifest)
            return
        with ThreadPoolExecutor(_COPIES_AT_ONCE, "windlass-copy") as pool:
            s3 = client(there.target, "s3", connections=_COPIES_AT_ONCE)
            yield CopiedContent(s3, output(here, "bucket"), output(there, "bucket"), self.manifest, pool)


async def live_release(settings: Settings, source: str, to: str, emit: Emit, cancel: Cancel) -> LiveRelease:
    """The release that is live in the environment ``source``, from which it is to go ``to`` another.

    Raises UsageError for one and the same, NotFoundError where nothing is live.
    """
    if source == to:
        raise UsageError(f"{source} is where it is live already", hint="Name two environments.")
    context = await opened(settings, Choice(name=source), _without_warnings(emit), cancel)
    output(context, "bucket")
    release = await live(await values_of(context))
    manifest = await read_manifest(bucket_of(context), release) if release else None
    if manifest is None:
        raise NotFoundError(
            f"no release is live in {source}", hint=f"Run `windlass deploy --env {source}` first."
        )
    return LiveRelease(context, manifest, bundle_of(manifest))


def _without_warnings(emit: Emit) -> Emit:
    """The environment that it goes to has the same, and says them."""

    def told(event: Event) -> None:
        if not isinstance(event, Warned):
            emit(event)

    return told
