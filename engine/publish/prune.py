"""Delete releases nobody needs any more, and later the assets that only they used.

A release goes in two steps. First its own files and its entries at the edge go, and its manifest moves to
``retired/``. Its assets stay for a grace period, because pages that are still open in a browser ask for
them; then those that no other release uses go, and the retired manifest with them. Each step may break off
anywhere and be repeated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.publish.activate import live, marker_key
from engine.publish.bucket import read_manifest, read_manifest_at, s3_errors, write_manifest
from engine.publish.history import previous_of
from engine.publish.manifest import MANIFESTS, RETIRED, manifest_key, retired_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from obstore.store import ObjectStore

    from engine.publish.history import History
    from engine.publish.key_values import KeyValues
    from engine.publish.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Pruned:
    """What a prune did: ids of releases that are gone, how many objects, and how many of them assets."""

    releases: tuple[str, ...] = ()
    objects: int = 0
    assets: int = 0


async def prune(
    store: ObjectStore,
    values: KeyValues,
    history: History,
    *,
    keep: int,
    grace: timedelta,
    now: datetime,
) -> Pruned:
    """Keep the ``keep`` newest releases, the live one and the one before; delete the others.

    Assets that only deleted releases used go once ``grace`` has passed since. ``now`` has a time zone. The
    caller takes ``releases`` of the answer out of the history.

    :raises PublishError: S3 or the KeyValueStore refused or cannot be reached.
    """
    with s3_errors():
        found = await _dated(store, MANIFESTS)
        doomed = releases_to_drop(history, await live(values), found, keep)
        dropped = [await _retire(store, values, release) for release in doomed]
        expired = {id for id, at in (await _dated(store, RETIRED)).items() if at + grace < now}
        assets = await _forget(store, values, expired) if expired else 0
    return Pruned(tuple(doomed), sum(dropped) + assets, assets)


def releases_to_drop(history: History, live: str | None, found: dict[str, datetime], keep: int) -> list[str]:
    """Which of the releases ``found`` (id -> when published) go, oldest first.

    Newest is what was published or went live last. A release that is missing in the history, because its
    deployment died in between, counts as well.
    """
    used = dict(found)
    for activation in history.activations:
        if activation.release in found:
            used[activation.release] = max(used[activation.release], datetime.fromisoformat(activation.at))
    ordered = sorted(used, key=lambda id: used[id])
    stays = {live, previous_of(history, live), *ordered[max(len(ordered) - keep, 0) :]}
    return [id for id in ordered if id not in stays]


async def _dated(store: ObjectStore, prefix: str) -> dict[str, datetime]:
    """Ids below ``prefix`` with their times. The one listing there is: a handful of manifests."""
    dated = {}
    async for page in store.list(prefix=prefix):
        for meta in page:
            dated[meta["path"].removeprefix(f"{prefix}/").removesuffix(".json")] = meta["last_modified"]
    return dated


async def _retire(store: ObjectStore, values: KeyValues, release: str) -> int:
    manifest = await read_manifest(store, release)
    if manifest is None:
        return 0
    await write_manifest(store, retired_key(release), manifest)
    await store.delete_async([manifest_key(release)])  # from here on there is no such release
    await _delete_own(store, values, manifest)
    return len(manifest.own_keys)


async def _delete_own(store: ObjectStore, values: KeyValues, manifest: Manifest) -> None:
    await values.delete_all([marker_key(manifest.release), *manifest.keys])
    if manifest.own_keys:
        await store.delete_async(manifest.own_keys)


async def _forget(store: ObjectStore, values: KeyValues, expired: set[str]) -> int:
    existing = set(await _dated(store, MANIFESTS))
    in_grace = set(await _dated(store, RETIRED)) - expired
    gone = await _manifests(store, [retired_key(id) for id in expired])
    for manifest in gone:
        if manifest.release not in existing:  # it may have been published again
            await _delete_own(store, values, manifest)  # once more: the first time may have broken off
    users = [*(manifest_key(id) for id in existing), *(retired_key(id) for id in in_grace)]
    unused = _assets(gone) - _assets(await _manifests(store, users))
    await store.delete_async([*sorted(unused), *(retired_key(manifest.release) for manifest in gone)])
    return len(unused)


async def _manifests(store: ObjectStore, keys: Iterable[str]) -> list[Manifest]:
    read = [await read_manifest_at(store, key) for key in keys]
    return [manifest for manifest in read if manifest]


def _assets(manifests: Iterable[Manifest]) -> set[str]:
    return set().union(*(manifest.asset_keys for manifest in manifests))
