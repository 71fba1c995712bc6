"""Values of an environment are found in the files, and words of ordinary text are not taken for them."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.bundle import search
from engine.bundle.content_type import content_type
from engine.bundle.inlined import find_inlined
from engine.bundle.model import Bundle, BundleFile
from engine.bundle.origin import forms, hashed

URL = "http://staging.notes.localhost:4610/"


def bundle_of(root, files):
    described = []
    for path, text in sorted(files.items()):
        data = text if isinstance(text, bytes) else text.encode()
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        described.append(BundleFile(path, len(data), sha256, content_type(path), "", False))
    return Bundle(root, tuple(described))


def found(root, files, private=(), **variables):
    items = find_inlined(bundle_of(root, files), variables, private, "salt")
    return {(item.variable, path) for item in items for path in item.files}


@pytest.mark.parametrize(
    "text",
    [
        f'fetch("{URL}api")',
        f'fetch("{URL[:-1]}")',
        'fetch("http:\\/\\/staging.notes.localhost:4610\\/api")',
        "const host='staging.notes.localhost:4610'",
        URL,
        f"x{'y' * 70_000} {URL}",
    ],
)
def test_a_url_in_the_forms_that_code_has_it(tmp_path, text):
    assert found(tmp_path, {"app.js": text}, WINDLASS_URL=URL) == {("WINDLASS_URL", "app.js")}


@pytest.mark.parametrize(
    "text", ["http://other.staging.notes.localhost:46100/", "my-staging.notes.localhost:4610", "staging"]
)
def test_what_only_looks_like_it(tmp_path, text):
    assert found(tmp_path, {"app.js": text}, WINDLASS_URL=URL) == set()


@pytest.mark.parametrize(
    "text", ['b="staging"', "b='staging'", "b=`staging`", "<b>staging</b>", "?branch=staging "]
)
def test_a_word_as_code_has_it(tmp_path, text):
    assert found(tmp_path, {"app.js": text}, AWS_BRANCH="staging") == {("AWS_BRANCH", "app.js")}


@pytest.mark.parametrize(
    "text", ["the staging area", "(staging)", '"stagings"', '"pre-staging"', "staging, too"]
)
def test_a_word_of_prose(tmp_path, text):
    assert found(tmp_path, {"app.js": text}, AWS_BRANCH="staging") == set()


def test_short_values_and_files_that_are_no_text_are_left_alone(tmp_path):
    files = {"a.js": '"prod"', "b.png": '"staging"', "c.css": '"staging"', "d.webmanifest": '"staging"'}
    assert found(tmp_path, files, AWS_BRANCH="staging", WINDLASS_ENVIRONMENT="prod") == {
        ("AWS_BRANCH", "c.css"),
        ("AWS_BRANCH", "d.webmanifest"),
    }


def test_many_files_are_counted_and_some_are_named(tmp_path):
    files = {f"{n:02}.html": f'<a href="{URL}">' for n in range(30)}
    items = find_inlined(bundle_of(tmp_path, files), {"WINDLASS_URL": URL}, (), "s")
    assert {item.count for item in items} == {30}
    assert all(item.files == ("00.html", "01.html", "02.html", "03.html", "04.html") for item in items)
    assert {item.hash for item in items} == {hashed("s", form) for form in forms(URL)}


def test_of_a_secret_not_even_a_hash_is_kept(tmp_path):
    bundle = bundle_of(tmp_path, {"a.js": '"s3cr3t-key"'})
    (item,) = find_inlined(bundle, {"KEY": "s3cr3t-key"}, {"KEY"}, "s")
    assert (item.variable, item.hash, item.files) == ("KEY", "", ("a.js",))


def test_one_value_of_two_variables_is_told_once(tmp_path):
    assert found(tmp_path, {"a.js": '"eu-west-1"'}, ONE="eu-west-1", TWO="eu-west-1") == {("ONE", "a.js")}


@given(st.integers(0, 60), st.integers(0, 60), st.integers(30, 64))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_wherever_a_piece_ends(tmp_path, monkeypatch, before, after, size):
    monkeypatch.setattr(search, "_CHUNK", size)
    file = {"a.txt": f"{'.' * before}example.com:80{'.' * after}"}
    assert found(tmp_path, file, U="example.com:80") == {("U", "a.txt")}
    inside = {"a.txt": f"{'.' * before}xexample.com:80x{'.' * after}"}
    assert found(tmp_path, inside, U="example.com:80") == set()
