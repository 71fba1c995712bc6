"""A release goes from bucket to bucket as it is: through this machine, or inside S3."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from obstore.store import MemoryStore

from engine.errors import PublishError
from engine.publish.bucket import read_manifest
from engine.publish.elsewhere import CopiedContent, StreamedContent, bundle_of
from engine.publish.fingerprint import LASTING
from engine.publish.upload import publish

BIG = "assets/big-1a2b.js"
APP = {"index.html": "home", "404.html": "no", "assets/app-1a2b.js": "1", BIG: "y" * 9_000_000}


def put(store, bundle, **options):
    made = publish(store, bundle, previous=None, commit="c", emit=lambda event: None, **options)
    return asyncio.run(made).manifest


def objects(store):
    found = {meta["path"] for page in store.list() for meta in page}
    return {path: bytes(store.get(path).bytes()) for path in found if not path.startswith("manifests/")}


def attributes(store):
    return {path: store.get(path).attributes for path in objects(store)}


class FakeS3:
    """boto3's copy_object between two stores."""

    def __init__(self, **stores):
        self.stores, self.copied = stores, []

    def copy_object(self, *, CopySource, Bucket, Key, **given):  # noqa: N803
        source = self.stores[CopySource["Bucket"]].get(CopySource["Key"])
        stored = {"Content-Type": given["ContentType"], "Cache-Control": given["CacheControl"]}
        assert given["MetadataDirective"] == "REPLACE"
        self.stores[Bucket].put(Key, source.bytes(), attributes={**stored, **given["Metadata"]})
        self.copied.append(Key)


@pytest.fixture(params=["streamed", "copied"])
def content_of(request):
    with ThreadPoolExecutor(4) as pool:

        def make(source, target, manifest):
            if request.param == "streamed":
                return StreamedContent(source, manifest)
            return CopiedContent(FakeS3(a=source, b=target), "a", "b", manifest, pool)

        yield make


def test_the_very_same_release_is_there(store, bundle, content_of):
    manifest = put(store, bundle(APP))
    there = MemoryStore()
    promoted = put(there, bundle_of(manifest), content=content_of(store, there, manifest))
    assert promoted.release == manifest.release
    assert objects(there) == objects(store)
    assert attributes(there) == attributes(store)
    assert asyncio.run(read_manifest(there, manifest.release)).live == manifest.live


def test_a_second_time_only_what_is_missing_goes(store, bundle, content_of):
    manifest = put(store, bundle(APP))
    there = MemoryStore()
    put(there, bundle({"index.html": "before", "assets/app-1a2b.js": "1"}))
    content = content_of(store, there, manifest)
    done = asyncio.run(
        publish(there, bundle_of(manifest), previous=None, commit="c", emit=lambda e: None, content=content)
    )
    assert (done.kept, done.uploaded) == (1, 4)


def test_a_name_that_is_taken_there_is_found_and_the_release_id_stays(store, bundle, content_of):
    files = {**APP, "assets/app-1a2b.js": "2"}
    put(store, bundle(APP))
    manifest = put(store, bundle(files))
    assert manifest.demoted == ("assets/app-1a2b.js",)
    there = MemoryStore()
    free = put(there, bundle_of(manifest), content=content_of(store, there, manifest))
    assert free.release == manifest.release
    assert free.by_path["assets/app-1a2b.js"].cache_control == LASTING and free.demoted == ()
    taken = MemoryStore()
    put(taken, bundle({"assets/app-1a2b.js": "3"}))
    promoted = put(taken, bundle_of(manifest), content=content_of(store, taken, manifest))
    assert (promoted.release, promoted.demoted) == (manifest.release, manifest.demoted)
    assert objects(taken)["assets/assets/app-1a2b.js"] == b"3"


def test_a_manifest_of_another_version_is_refused(store, bundle):
    manifest = put(store, bundle(APP))
    with pytest.raises(PublishError, match="another version"):
        bundle_of(replace(manifest, digest="0" * 64))


@pytest.mark.parametrize("path", ["index.html", BIG])
def test_what_is_not_what_the_release_says_is_not_written(store, bundle, path):
    manifest = put(store, bundle(APP))
    key = manifest.by_path[path].key(manifest.release)
    store.put(key, b"z" * manifest.by_path[path].size)
    there = MemoryStore()
    with pytest.raises(PublishError, match=path):
        put(there, bundle_of(manifest), content=StreamedContent(store, manifest))
    assert key not in objects(there)
    assert asyncio.run(read_manifest(there, manifest.release)) is None
