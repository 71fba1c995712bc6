import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from engine.errors import PublishError
from engine.events import ignore
from engine.publish.activate import activate, prepare
from engine.publish.bucket import read_manifest
from engine.publish.history import History, ReleaseRecord, with_activation, with_release
from engine.publish.key_values import KeyValues
from engine.publish.prune import Pruned, prune, releases_to_drop
from engine.publish.upload import publish

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)


class Environment:
    """Deploys bundles into a bucket and a key value store, and prunes them."""

    def __init__(self, store, kvs):
        self.store, self.kvs, self.values = store, kvs, KeyValues(kvs, "arn")
        self.history = History()

    async def deploy(self, bundle):
        manifest = (await publish(self.store, bundle, previous=None, commit="", emit=ignore)).manifest
        await prepare(self.values, manifest)
        await activate(self.values, manifest, ignore)
        now = datetime.now(UTC).isoformat()
        self.history = with_release(self.history, ReleaseRecord(manifest.release, now, "", "", 1, 1, "d"))
        self.history = with_activation(self.history, manifest.release, now, "d", "me")
        return manifest.release

    def prune(self, keep=2, grace=7 * DAY, later=timedelta()):
        now = datetime.now(UTC) + later
        return asyncio.run(prune(self.store, self.values, self.history, keep=keep, grace=grace, now=now))

    @property
    def paths(self):
        return {meta["path"] for page in self.store.list() for meta in page}

    def keys_of(self, release):
        return {key for key in self.kvs.data if key.startswith(f"{release}/")}


@pytest.fixture
def environment(store, kvs):
    return Environment(store, kvs)


@pytest.fixture
def three(environment, bundle):
    """Three releases; app-1 is in the first, app-2 in the first and second, app-3 in the last."""

    async def deploy():
        return [
            await environment.deploy(
                bundle({"index.html": "1", "assets/app-1.js": "1", "assets/app-2.js": "2"})
            ),
            await environment.deploy(bundle({"index.html": "2", "assets/app-2.js": "2"})),
            await environment.deploy(bundle({"index.html": "3", "assets/app-3.js": "3"})),
        ]

    return asyncio.run(deploy())


def test_an_old_release_goes_and_its_assets_stay_for_the_grace_period(environment, three):
    first, second, third = three
    pruned = environment.prune()
    assert pruned == Pruned((first,), pruned.objects, 0)
    assert not {path for path in environment.paths if path.startswith(f"releases/{first}/")}
    assert environment.keys_of(first) == set()
    assert asyncio.run(read_manifest(environment.store, first)) is None
    assert "assets/assets/app-1.js" in environment.paths
    for kept in (second, third):
        assert f"releases/{kept}/index.html" in environment.paths
        assert environment.keys_of(kept)


def test_after_the_grace_period_only_assets_nobody_uses_go(environment, three):
    environment.prune()
    assert environment.prune(later=6 * DAY).assets == 0
    pruned = environment.prune(later=8 * DAY)
    assert (pruned.releases, pruned.assets) == ((), 1)
    assert {path for path in environment.paths if path.startswith("assets/")} == {
        "assets/assets/app-2.js",
        "assets/assets/app-3.js",
    }
    assert not {path for path in environment.paths if path.startswith("retired/")}
    assert environment.prune(later=9 * DAY) == Pruned()


def test_the_live_and_the_previous_release_always_stay(environment, three):
    first, second, third = three
    assert environment.prune(keep=0).releases == (first,)
    assert environment.keys_of(second)
    assert environment.keys_of(third)


def test_a_release_published_again_in_the_grace_period_keeps_its_files(environment, three, bundle):
    environment.prune()
    asyncio.run(
        environment.deploy(bundle({"index.html": "1", "assets/app-1.js": "1", "assets/app-2.js": "2"}))
    )
    pruned = environment.prune(keep=3, later=8 * DAY)
    assert pruned.assets == 0
    assert f"releases/{three[0]}/index.html" in environment.paths
    assert environment.keys_of(three[0])


def test_a_prune_that_broke_off_is_finished_later(environment, three, kvs):
    kvs.failures = [ClientError({"Error": {"Code": "InternalServerException"}}, "UpdateKeys")]
    with pytest.raises(PublishError):
        environment.prune()
    assert asyncio.run(read_manifest(environment.store, three[0])) is None
    environment.prune(later=8 * DAY)
    assert environment.keys_of(three[0]) == set()
    assert not {path for path in environment.paths if path.startswith(f"releases/{three[0]}/")}


def test_releases_count_from_their_last_use():
    found = {id: START + n * DAY for n, id in enumerate("abcd")}
    history = History()
    assert releases_to_drop(history, None, found, keep=3) == ["a"]
    history = with_activation(history, "a", (START + 9 * DAY).isoformat(), "d", "me", "rollback")
    assert releases_to_drop(history, None, found, keep=2) == ["b", "c"]
    assert releases_to_drop(history, "b", found, keep=2) == ["c"]
