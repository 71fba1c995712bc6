"""See that no secret is in what is about to be public."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from engine.bundle.leaks import Leak, leaks_in, needles
from engine.bundle.search import chunks_of
from engine.errors import GuardError, Where
from engine.events import Warned
from engine.local.folder import project_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from obstore.store import ObjectStore

    from engine.bundle.model import Bundle
    from engine.context import Context
    from engine.publish.manifest import Manifest, ManifestFile

_NAMED = 10  # places that are named
_AT_ONCE = 16


async def refuse_leaks(context: Context, bundle: Bundle) -> None:
    """See that the files of ``bundle`` hold none of the context's secrets.

    Raises GuardError with file and line of each. What only looks like a secret is a Warned event.
    """
    found = await asyncio.to_thread(_in_bundle, context, bundle)
    inside = bundle.root.is_relative_to(project_folder(context.settings.project))  # gone afterwards
    _told(context, found, "" if inside else f"{bundle.root}/")


async def refuse_leaks_in_release(context: Context, bucket: ObjectStore, manifest: Manifest) -> None:
    """The same for a release that is in the ``bucket`` of another environment.

    Only secrets are looked for, and nothing is read where there are none: it is public there already.
    """
    if context.secrets:
        found = await asyncio.to_thread(_in_release, context, bucket, manifest)
        _told(context, [leak for leak in found if leak.secret], "")


def _in_bundle(context: Context, bundle: Bundle) -> list[Leak]:
    wanted = needles(_values(context))
    return [
        leak
        for file in bundle.files
        for leak in leaks_in(file.path, file.content_type, chunks_of(bundle.file(file)), wanted)
    ]


def _in_release(context: Context, bucket: ObjectStore, manifest: Manifest) -> list[Leak]:
    wanted = needles(_values(context))

    def look(file: ManifestFile) -> list[Leak]:
        chunks = (bytes(chunk) for chunk in bucket.get(file.key(manifest.release)).stream())
        return list(leaks_in(file.path, file.content_type, chunks, wanted))

    with ThreadPoolExecutor(_AT_ONCE, "windlass-leaks") as pool:
        return [leak for leaks in pool.map(look, manifest.files) for leak in leaks]


def _values(context: Context) -> dict[str, str]:
    return {secret.name: secret.value for secret in context.secrets}


def _told(context: Context, leaks: Iterable[Leak], folder: str) -> None:
    certain = [leak for leak in leaks if leak.secret]
    if certain:
        raise _refusal(certain, folder)
    for leak in list(leaks)[:_NAMED]:
        context.emit(
            Warned(
                f"this looks like a secret ({leak.kind}), and will be public",
                hint="if it is one, take it out of what browsers load and give it another value",
                where=str(_where(leak, folder)),
            )
        )


def _refusal(leaks: list[Leak], folder: str) -> GuardError:
    names = ", ".join(dict.fromkeys(leak.secret for leak in leaks))
    several = f"s {names} are" if "," in names else f" {names} is"
    more = len(leaks) - _NAMED
    places = [f"{_where(leak, '')}: {leak.secret}, {leak.form}" for leak in leaks[:_NAMED]]
    return GuardError(
        f"the secret{several} in files that would be public; nothing is published",
        where=_where(leaks[0], folder),
        details=(*places, *([f"and {more} more places"] if more > 0 else [])),
        hint="Use it on a server only: in a function, or in the build without writing it out. If these files "
        "have left this machine before, give it another value.",
    )


def _where(leak: Leak, folder: str) -> Where:
    return Where(f"{folder}{leak.path}", leak.line, leak.column)
