"""Make a release live: everything it needs beforehand, then one write."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from engine.errors import PublishError
from engine.events import Activated

if TYPE_CHECKING:
    from engine.events import Emit
    from engine.publish.gate import Gate
    from engine.publish.key_values import KeyValues
    from engine.publish.manifest import Manifest

LIVE = "live"


async def prepare(values: KeyValues, manifest: Manifest) -> bool:
    """Write the entries of a release to the KeyValueStore; False where they were there.

    Nobody reads them before the release is live. The marker ``<id>/ok`` is written last and says which
    entries they are, so that this may break off anywhere and be repeated.
    """
    marker, mark = marker_key(manifest.release), _mark(manifest)
    if await values.get(marker) == mark:
        return False
    await values.put_all(manifest.keys)
    await values.put(marker, mark)
    return True


async def activate(values: KeyValues, manifest: Manifest, emit: Emit, gate: Gate | None = None) -> str | None:
    """Make a prepared release live by one write; gives the id of the release that was live before.

    Only those who know a login of ``gate`` see it. Where all is as it should be already nothing is written.
    """
    before = await values.get(LIVE)
    wanted = live_value(manifest.live, gate)
    if before != wanted:
        await values.put(LIVE, wanted)
    previous = _release_of(before)
    emit(Activated(manifest.release, previous or ""))
    return previous


def live_value(live: str, gate: Gate | None) -> str:
    """The value of the key ``live`` for a release, whose part ``live`` is, behind ``gate``."""
    if gate is None:
        return live
    return json.dumps({**json.loads(live), "g": gate.entry}, separators=(",", ":"))


async def live(values: KeyValues) -> str | None:
    """The id of the release that is live; None before the first."""
    return _release_of(await values.get(LIVE))


def marker_key(release: str) -> str:
    """The key that says that all entries of a release are there."""
    return f"{release}/ok"


def _mark(manifest: Manifest) -> str:
    return hashlib.sha256(json.dumps(manifest.keys, sort_keys=True).encode()).hexdigest()[:16]


def _release_of(entry: str | None) -> str | None:
    if entry is None:
        return None
    try:
        return str(json.loads(entry)["r"])
    except (ValueError, KeyError, TypeError) as error:
        raise PublishError(
            "the key `live` of the environment's key value store is damaged",
            hint="deploy again with --refresh; if it stays, delete the key",
            details=(entry[:200],),
        ) from error
