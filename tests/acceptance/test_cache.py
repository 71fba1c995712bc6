"""The build cache in a bucket that a team shares, and in a deployment."""

from __future__ import annotations

import asyncio
import shutil

import pytest

from engine.build.cache import Cache, restore_cache, save_cache
from engine.build.cache_key import CacheKey
from engine.build.cache_store import CacheStore
from engine.events import Event, Warned
from engine.local.emulator import start, stop
from engine.state.backend import StateBackend
from engine.target import client

pytestmark = pytest.mark.acceptance

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
SPEC = """
version: 1
app: plain-site
frontend:
  phases:
    build:
      commands:
        - mkdir -p kept && echo "$AWS_JOB_ID" >> kept/jobs
        - rm -rf out && cp -R public out && cp kept/jobs out/jobs.txt
  artifacts: {baseDirectory: out}
  cache: {paths: [kept/**/*]}
"""


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    target = asyncio.run(start(folder, emit=lambda event: None))
    client(target, "s3").create_bucket(Bucket="builds")
    yield f"s3://builds/cache?region=us-east-1&endpoint={target.endpoint}"
    asyncio.run(stop(folder))


def test_one_host_keeps_what_another_restores(tmp_path, bucket):
    events: list[Event] = []
    store = CacheStore(StateBackend(bucket, CREDENTIALS))

    def cache(host: str, environment: str = "main") -> Cache:
        (tmp_path / host).mkdir(exist_ok=True)
        key = CacheKey("demo", environment, "main", "lock", "22")
        return Cache(store, key, tmp_path / host, ("node_modules/**/*",))

    modules = tmp_path / "one/node_modules"
    modules.mkdir(parents=True)
    for number in range(30):
        (modules / f"{number}.js").write_bytes(bytes(range(256)) * 4000)
    assert asyncio.run(save_cache(cache("one"), events.append))
    assert not asyncio.run(save_cache(cache("one"), events.append)), "nothing has changed"
    assert asyncio.run(restore_cache(cache("two", "pr-1"), events.append))
    assert len(list((tmp_path / "two/node_modules").iterdir())) == 30
    assert [kept.path for kept in store.newest_first("demo")] == ["demo/main/node22-lock.zst"]
    assert not [event for event in events if isinstance(event, Warned)]


def test_a_bucket_that_is_not_there_is_a_warning(tmp_path, bucket):
    events: list[Event] = []
    (tmp_path / "kept").write_text("x")
    store = CacheStore(StateBackend(bucket.replace("builds", "nobody"), CREDENTIALS))
    cache = Cache(store, CacheKey("demo", "main", "main", "lock", "22"), tmp_path, ("kept",))
    assert not asyncio.run(restore_cache(cache, events.append))
    assert not asyncio.run(save_cache(cache, events.append))
    assert all(isinstance(event, Warned) for event in events) and len(events) == 2


def test_a_deployment_starts_from_what_the_one_before_kept(project):
    project.write("amplify.yml", SPEC)
    project.write(".gitignore", "kept/\nout/\n")
    project.commit()

    def jobs(*options: str) -> int:
        for name in ("kept", "out"):
            shutil.rmtree(project.folder / name, ignore_errors=True)
        project.deploy("--rebuild", *options)
        return len(project.get("/jobs.txt").text.split())

    assert [jobs(), jobs(), jobs("--no-cache"), jobs()] == [1, 2, 1, 2]
    project.destroy()
