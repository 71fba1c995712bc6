import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from engine.errors import PublishError
from engine.events import Progress, Warned
from engine.publish import upload
from engine.publish.bucket import read_manifest
from engine.publish.entries import Entries
from engine.publish.upload import publish

APP = {"index.html": "<h1>one</h1>", "about.html": "about", "manifest.json": "{}", "assets/app-1a2b.js": "1"}


class Recording:
    """A store that counts what is asked of it; ``fail`` names a key that cannot be written."""

    def __init__(self, store, fail=None):
        self.store, self.fail, self.calls, self.keys = store, fail, Counter(), []

    def __getattr__(self, name):
        asked = getattr(self.store, name)

        def call(*args, **kwargs):
            self.calls[name] += 1
            if name in ("put_async", "copy_async"):
                self.keys.append(args[-1] if name == "copy_async" else args[0])
            if self.fail and self.fail in args:
                raise FileNotFoundError("Server returned 404: <Code>NoSuchBucket</Code>\n\nDebug source:\nx")
            return asked(*args, **kwargs)

        return call


def run(store, bundle, previous=None, emit=lambda event: None, **options):
    return asyncio.run(publish(store, bundle, previous=previous, commit="c0ffee", emit=emit, **options))


def stored(store):
    return {meta["path"]: bytes(store.get(meta["path"]).bytes()) for page in store.list() for meta in page}


def test_the_first_publish_stores_every_file_in_its_area(store, bundle):
    made = run(store, bundle(APP))
    release = made.manifest.release
    assert (made.uploaded, made.copied, made.kept, made.existed) == (4, 0, 0, False)
    objects = stored(store)
    assert objects[f"releases/{release}/index.html"] == b"<h1>one</h1>"
    assert objects[f"releases/{release}/manifest.json"] == b"{}"
    assert objects["assets/assets/app-1a2b.js"] == b"1"
    assert asyncio.run(read_manifest(store, release)) == made.manifest
    attributes = store.get(f"releases/{release}/index.html").attributes
    assert attributes == {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache"}
    assert made.bytes == sum(len(text) for text in APP.values())


def test_only_what_changed_is_uploaded(store, bundle):
    first = run(store, bundle(APP))
    recording = Recording(store)
    made = run(recording, bundle({**APP, "index.html": "<h1>two</h1>"}), first.manifest)
    assert (made.uploaded, made.copied, made.kept) == (1, 2, 1)
    assert recording.calls["list"] == 0
    assert stored(store)[f"releases/{made.manifest.release}/about.html"] == b"about"
    assert stored(store)[f"releases/{first.manifest.release}/index.html"] == b"<h1>one</h1>"


def test_a_file_with_another_content_type_is_uploaded_again(store, bundle):
    first = run(store, bundle(APP))
    changed = bundle(APP)
    files = tuple(replace(f, content_type=f.content_type + "; x=y") for f in changed.files)
    made = run(store, replace(changed, files=files), first.manifest)
    assert (made.uploaded, made.copied, made.kept) == (4, 0, 0)
    assert store.get("assets/assets/app-1a2b.js").attributes["Content-Type"].endswith("; x=y")


def test_the_same_content_again_moves_nothing(store, bundle):
    first = run(store, bundle(APP))
    recording = Recording(store)
    made = run(recording, bundle(APP), first.manifest)
    assert made.existed
    assert made.manifest == first.manifest
    assert recording.calls == {"get_async": 1}


def test_the_manifest_comes_last(store, bundle):
    recording = Recording(store)
    made = run(recording, bundle(APP))
    assert recording.keys[-1] == f"manifests/{made.manifest.release}.json"
    assert len(recording.keys) == 5


def test_a_publish_that_broke_off_leaves_no_release_and_is_finished_by_the_next(store, bundle):
    app = bundle(APP)
    release = upload.release_id(app)
    with pytest.raises(PublishError, match="bucket of the environment does not exist") as error:
        run(Recording(store, fail=f"releases/{release}/index.html"), app, concurrency=1)
    assert "--refresh" in error.value.hint
    assert asyncio.run(read_manifest(store, release)) is None
    made = run(store, app)
    assert (made.uploaded, made.kept) == (3, 1)
    assert len(stored(store)) == 5


def test_a_fingerprint_that_is_none_moves_to_the_release_with_a_warning(store, bundle):
    first = run(store, bundle(APP))
    events = []
    made = run(store, bundle({**APP, "assets/app-1a2b.js": "2"}), first.manifest, events.append)
    objects = stored(store)
    assert objects["assets/assets/app-1a2b.js"] == b"1"
    assert objects[f"releases/{made.manifest.release}/assets/app-1a2b.js"] == b"2"
    file = made.manifest.by_path["assets/app-1a2b.js"]
    assert (file.area, file.cache_control) == ("release", upload.ASK_AGAIN)
    assert next(e.message for e in events if isinstance(e, Warned)).startswith(
        "assets/app-1a2b.js has another"
    )
    assert run(store, bundle({**APP, "assets/app-1a2b.js": "2"})).existed


@pytest.mark.parametrize("text", ["2", "other"])
def test_the_conflict_is_found_without_a_manifest_too(store, bundle, text):
    run(store, bundle(APP))
    made = run(store, bundle({**APP, "assets/app-1a2b.js": text}))
    assert made.manifest.by_path["assets/app-1a2b.js"].area == "release"
    assert stored(store)["assets/assets/app-1a2b.js"] == b"1"


def test_what_the_previous_manifest_promises_but_is_gone_is_uploaded(store, bundle):
    first = run(store, bundle(APP))
    store.delete([f"releases/{first.manifest.release}/about.html"])
    made = run(store, bundle({**APP, "index.html": "two"}), first.manifest)
    assert (made.uploaded, made.copied, made.kept) == (2, 1, 1)


def test_pages_for_a_missing_file_are_stored_once_more_with_their_status(store, bundle, monkeypatch):
    def compile_entries(bundle, release, names):
        return Entries(keys={f"{release}/i0": ""}, live="{}", not_found_copies=("404.html",))

    monkeypatch.setattr(upload, "compile_entries", compile_entries)
    first = run(store, bundle({"404.html": "nothing here", "index.html": "1"}))
    key = f"releases/{first.manifest.release}/~404/404.html"
    assert store.get(key).attributes["windlass-status"] == "404"
    assert "windlass-status" not in store.get(f"releases/{first.manifest.release}/404.html").attributes
    second = run(store, bundle({"404.html": "nothing here", "index.html": "2"}), first.manifest)
    assert (second.uploaded, second.copied) == (1, 2)
    copy = store.get(f"releases/{second.manifest.release}/~404/404.html")
    assert copy.attributes["windlass-status"] == "404"


def test_other_entries_for_the_same_content_renew_the_manifest(store, bundle, monkeypatch):
    first = run(store, bundle(APP))
    other = Entries(keys={"new": "entry"}, live='{"r":"new"}', not_found_copies=())
    monkeypatch.setattr(upload, "compile_entries", lambda bundle, release, names: other)
    again = run(store, bundle(APP), first.manifest)
    assert (again.existed, again.uploaded, again.kept) == (False, 0, 4)
    assert asyncio.run(read_manifest(store, first.manifest.release)).keys == {"new": "entry"}


def test_a_damaged_manifest_is_written_anew(store, bundle):
    first = run(store, bundle(APP))
    store.put(f"manifests/{first.manifest.release}.json", b"{")
    made = run(store, bundle(APP))
    assert (made.existed, made.uploaded, made.kept) == (False, 3, 1)
    assert asyncio.run(read_manifest(store, first.manifest.release)) == made.manifest


def test_large_files_go_in_parts(store, bundle):
    large = {"index.html": "x" * 9_000_000, "assets/big-1a2b.js": "y" * 9_000_000}
    made = run(store, bundle(large))
    assert made.uploaded == 2
    assert len(stored(store)["assets/assets/big-1a2b.js"]) == 9_000_000
    assert run(store, bundle({**large, "index.html": "z"})).kept == 1


def test_progress_ends_with_everything_done(store, bundle):
    events = []
    run(store, bundle(APP), emit=events.append)
    last = [e for e in events if isinstance(e, Progress)][-1]
    assert (last.step, last.done, last.total, last.unit) == ("publish", 4, 4, "files")


def test_a_file_that_vanished_is_named(store, bundle):
    app = bundle(APP)
    (app.root / "about.html").unlink()
    with pytest.raises(PublishError, match=r"about\.html is gone"):
        run(store, app)
