import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.publish.patterns import glob_expression, literal, matches


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("**/*", "/", True),
        ("**/*", "/a/b.c", True),
        ("**", "a/b", True),
        ("*.json", "/a/b.json", True),
        ("/*.json", "/a/b.json", False),
        ("/", "/", True),
        ("/", "/a", False),
        ("/path/*", "/path/a", True),
        ("/path/*", "/path/a/b", False),
        ("path/**", "/path/a/b", True),
        ("/path/**/*.js", "/path/a.js", True),
        ("**/*.{js,css}", "/a/b.css", True),
        ("**/*.{js,css}", "/a/b.html", False),
        ("/a{b,c{d,e}}", "/ace", True),
        ("/a{b", "/a{b", True),
        ("/a}{b", "/a}{b", True),
        ("/a,b", "/a,b", True),
        ("/[a-c]?.x", "/bz.x", True),
        ("/[!a-c].x", "/b.x", False),
        ("/[z-a].x", "/[z-a].x", True),
        ("/a.b", "/aXb", False),
        (".well-known/*", "/.well-known/x", True),
        ("/about", "/about/", True),
    ],
)
def test_globs(pattern, path, expected):
    assert matches(pattern, path) is expected


NAMES = st.lists(st.text("ab.", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)
PIECES = ["*", "**", "?", "a", "b", ".a", "[ab]", "[!a]", "{a,b}", "a*", "*.b"]


@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=4).map("/".join), NAMES)
def test_globs_mean_what_they_mean_to_wcmatch(pattern, name):
    from wcmatch import glob

    flags = glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB | glob.FORCEUNIX
    if not {".", ".."} & set(name.split("/")):
        assert matches(pattern, name) is glob.globmatch(name, pattern, flags=flags)


@given(st.text(max_size=20))
def test_every_text_is_a_pattern(text):
    re.compile(glob_expression(text))


@given(st.text(max_size=20), st.text(max_size=20))
def test_literals_match_themselves_alone(text, other):
    assert bool(re.fullmatch(literal(text), other)) == (text == other)
