"""What is checked, and what is left alone because it is not certain."""

import pytest

from engine.bundle.model import Bundle, BundleFile
from engine.publish.entries import compile_entries
from engine.publish.manifest import Manifest, ManifestFile
from engine.spec.model import Header, HeaderRule, Redirect
from engine.verify.deep_link import expected_status
from engine.verify.header import _candidates
from engine.verify.redirect import _first
from engine.verify.rules import untouched

SINGLE_PAGE_REGEX = r"</^[^.]+$|\.(?!(css|gif|ico|jpg|js|png|txt|svg|woff|ttf|map|json)$)([^.]+$)/>"


def manifest(*redirects, files=("index.html", "app.js"), headers=()):
    rules = tuple(
        Redirect(source=source, target=target, status=status) for source, target, status in redirects
    )
    bundle = Bundle(None, tuple(BundleFile(f, 1, "", "", "", False) for f in sorted(files)), rules, headers)
    entries = compile_entries(bundle, "r1")
    stored = tuple(ManifestFile(f, "", 1, "", "", "release") for f in sorted(files))
    return Manifest("r1", "", "", "", stored, entries.keys, entries.live, (), rules, headers)


@pytest.mark.parametrize(
    ("redirects", "files", "expected"),
    [
        ([], ["index.html"], 200),
        ([], ["index.html", "404.html"], 404),
        ([], ["feed.xml"], 404),
        ([("/<*>", "/index.html", "404-200")], ["index.html"], 200),
        ([("/<*>", "/index.html", "200")], ["index.html"], 200),
        ([(SINGLE_PAGE_REGEX, "/index.html", "200")], ["index.html"], 200),
        ([("/<*>", "/gone.html", "404-200")], ["index.html"], None),
        ([("/<*>", "/404.html", "404")], ["index.html", "404.html"], 404),
        ([("/a", "/b", "301")], ["index.html"], 404),
        ([("/<*>", "https://other.example/<*>", "302")], ["index.html"], None),
        ([("https://x.example", "https://y.example", "301")], ["index.html"], None),
        ([("/<page>", "/<page>.html", "200")], ["index.html"], None),
        ([("/<*>?x=<y>", "/z/<y>", "301")], ["index.html"], None),
    ],
)
def test_what_answers_for_a_missing_page(redirects, files, expected):
    assert expected_status(manifest(*redirects, files=files), "/windlass-check-1") == expected


@pytest.mark.parametrize(
    ("redirects", "expected"),
    [
        ([("/a", "/b", "301")], "/a"),
        ([("/a/<*>", "/b/<*>", "302")], "/a/<*>"),
        ([("/a", "https://example.com/b", "302"), ("/<*>", "/c/<*>", "302")], "/a"),
        ([("/<*>", "/c/<*>", "302"), ("/a", "/b", "302")], "/<*>"),
        ([("/a", "/b", "200"), ("/<*>", "/index.html", "404-200")], None),
        ([("/<*>", "/index.html", "404-200"), ("/a", "/b", "301")], None),
        ([("/a/<x>", "/b/<x>", "301"), ("/c", "/d", "301")], "/c"),
        ([("/a/<x>", "/b/<x>", "301"), ("/a/<*>", "/d/<*>", "301")], None),
        ([("/a?x=1", "/b", "301")], None),
        ([("/a", "/a", "301")], None),
    ],
)
def test_the_redirect_that_is_tried(redirects, expected):
    tried = _first(manifest(*redirects))
    assert (tried.source if tried else None) == expected


def test_a_path_that_a_rule_may_take_is_left_alone():
    made = manifest(("/app.js", "/other.js", "200"), ("/<*>", "/index.html", "404-200"))
    assert not untouched(made, "/app.js")
    assert untouched(made, "/")
    assert not untouched(manifest(("https://x.example", "https://y.example", "301")), "/")


def test_the_last_header_rule_counts_and_what_the_edge_sets_does_not():
    headers = (
        HeaderRule(pattern="**", headers=(Header(key="Strict-Transport-Security", value="max-age=1"),)),
        HeaderRule(pattern="*.js", headers=(Header(key="Cache-Control", value="a, b"),)),
        HeaderRule(pattern="/app*", headers=(Header(key="cache-control", value="c"),)),
    )
    assert next(_candidates(manifest(headers=headers))) == ("/app.js", "cache-control", "c")
    assert next(_candidates(manifest(headers=headers[:2]))) == ("/app.js", "cache-control", "a, b")
    assert list(_candidates(manifest(headers=headers[:1]))) == []
