"""Nothing is published that holds a secret; what looks like one is said."""

import asyncio
import hashlib
from dataclasses import replace

import pytest
from obstore.store import MemoryStore

from engine.bundle.content_type import content_type
from engine.bundle.model import Bundle, BundleFile
from engine.errors import GuardError
from engine.publish.manifest import Manifest, ManifestFile
from engine.secrets.model import Secret
from engine.steps.leaks import refuse_leaks, refuse_leaks_in_release

STRIPE = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"
SECRETS = (Secret("KEY", "hunter22!", "prod"), Secret("OTHER", "correct horse battery", "prod"))


def bundle_of(root, files):
    root.mkdir()
    described = []
    for path, text in files.items():
        (root / path).write_text(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        described.append(BundleFile(path, len(text), digest, content_type(path), "", False))
    return Bundle(root, tuple(described))


def test_a_secret_stops_with_every_place(tmp_path, context_of):
    files = {"a.js": "\n 'hunter22!'", "b.html": "correct%20horse%20battery", "c.txt": "fine"}
    bundle = bundle_of(tmp_path / "dist", files)
    with pytest.raises(GuardError) as caught:
        asyncio.run(refuse_leaks(replace(context_of(), secrets=SECRETS), bundle))
    error = caught.value
    assert str(error.where) == f"{tmp_path}/dist/a.js:2:3"
    assert error.details == ("a.js:2:3: KEY, as it is", "b.html:1:1: OTHER, URL-encoded")
    assert "the secrets KEY, OTHER are in files" in error.message
    assert "hunter22" not in str(error.to_json())


def test_what_looks_like_one_is_a_warning(tmp_path, context_of, events):
    asyncio.run(refuse_leaks(context_of(), bundle_of(tmp_path / "dist", {"a.js": f"k='{STRIPE}'"})))
    (warning,) = events
    assert "looks like a secret (Stripe Access Key)" in warning.message
    assert warning.where.endswith("a.js:1:4")
    assert STRIPE not in str(warning.to_json())


@pytest.fixture
def release():
    text = b"x = 'hunter22!'"
    store, file = MemoryStore(), ManifestFile("a.js", "0" * 64, len(text), "text/javascript", "", "release")
    store.put(file.key("r1"), text)
    return store, Manifest(release="r1", created="", digest="", commit="", files=(file,), keys={}, live="")


def test_a_release_is_read_before_it_goes_elsewhere(context_of, release):
    with pytest.raises(GuardError) as caught:
        asyncio.run(refuse_leaks_in_release(replace(context_of(), secrets=SECRETS), *release))
    assert str(caught.value.where) == "a.js:1:6"


def test_and_not_where_there_are_no_secrets(context_of, release):
    asyncio.run(refuse_leaks_in_release(context_of(), None, release[1]))
