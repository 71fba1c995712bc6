import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import PublishError
from engine.publish.manifest import Manifest, ManifestFile, release_id
from engine.spec.model import Header, HeaderRule, Redirect

text = st.text(max_size=20)
files = st.builds(
    ManifestFile,
    path=text,
    sha256=text,
    size=st.integers(0, 2**53),
    content_type=text,
    cache_control=text,
    area=st.sampled_from(["release", "assets"]),
)
manifests = st.builds(
    Manifest,
    release=text,
    created=text,
    digest=text,
    commit=text,
    files=st.lists(files, max_size=3).map(tuple),
    keys=st.dictionaries(text, text, max_size=3),
    live=text,
    not_found_copies=st.lists(text, max_size=2).map(tuple),
    redirects=st.just((Redirect(source="/a/<*>", target="/b/<*>", status="301"),)),
    headers=st.just((HeaderRule(pattern="**", headers=(Header(key="X-A", value="1"),)),)),
    schema=st.just(1),
)


@settings(deadline=None)
@given(manifests)
def test_json_gives_the_same_manifest_back(manifest):
    data = manifest.to_json()
    assert Manifest.from_json(data) == manifest
    assert Manifest.from_json(data).to_json() == data


@settings(deadline=None)
@given(manifests)
def test_another_schema_is_refused(manifest):
    data = json.dumps({**json.loads(manifest.to_json()), "schema": 2}).encode()
    with pytest.raises(PublishError, match="schema 2") as error:
        Manifest.from_json(data)
    assert "upgrade" in error.value.hint


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"schema": 1}', b'{"schema": 1, "files": [{}]}'])
def test_a_damaged_manifest_is_an_error_with_a_hint(data):
    with pytest.raises(PublishError, match="damaged") as error:
        Manifest.from_json(data)
    assert "deploy again" in error.value.hint


def test_the_release_id_depends_on_what_is_published_alone(bundle):
    one = bundle({"index.html": "hello"})
    assert release_id(one) == release_id(bundle({"index.html": "hello"}))
    assert release_id(one) != release_id(bundle({"index.html": "Hello"}))
    assert len(release_id(one)) == 12


def test_keys_follow_the_area():
    own = ManifestFile("manifest.json", "", 1, "", "", "release")
    asset = ManifestFile("assets/a b.js", "", 1, "", "", "assets")
    manifest = Manifest("r1", "", "", "", (own, asset), {}, "", not_found_copies=("404.html",))
    assert manifest.own_keys == ["releases/r1/manifest.json", "releases/r1/~404/404.html"]
    assert manifest.asset_keys == {"assets/assets/a b.js"}
