from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.build.patterns import Patterns

NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=8
).filter(lambda name: name not in (".", ".."))
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("**/*", ["a", "a/b", ".well-known/x", "a/.b/c"], []),
        ("***", ["a", "a/b"], []),
        ("*", ["a", ".b"], ["a/b"]),
        ("*.png", ["a.png"], ["a/b.png", "a.PNG"]),
        ("**/*.{js,css}", ["a.js", "x/y.css"], ["a.map"]),
        (".well-known/security.txt", [".well-known/security.txt"], ["security.txt"]),
        ("/dist/**", ["dist/a"], ["a", "dist2/a"]),
        ("./dist/**/*", ["dist/a/b"], ["a"]),
        ("node_modules", ["node_modules/a/b", "node_modules"], ["x/node_modules/a"]),
        ("node_modules/", ["node_modules/a"], []),
        ("**/!(*.map)", ["a.js", "x/a.js"], ["a.map", "x/a.map"]),
        ("!(a|b).js", ["c.js"], ["a.js"]),
        ("[id].html", ["[id].html", "i.html"], ["x.html"]),
        ("{1..3}.txt", ["2.txt"], ["4.txt"]),
    ],
)
def test_globs_are_read_as_amplify_reads_them(pattern, yes, no):
    patterns = Patterns([pattern])
    assert [path for path in yes + no if patterns.matches(path)] == yes


@given(PATHS)
def test_everything_is_in_the_star_of_all(path):
    assert Patterns(["**/*"]).matches(path)
    assert Patterns([""]).matches(path)


@given(PATHS)
def test_a_path_names_itself_unless_it_is_a_negation(path):
    if not path.strip().startswith("!") and path == path.strip() and "***" not in path:
        assert Patterns([path]).matches(path)


@given(st.lists(st.text("ab*?[]{}!(),./\\", max_size=8), max_size=3), PATHS)
def test_any_pattern_is_read_or_refused(patterns, path):
    made = Patterns(patterns)
    if made.matches(path):
        assert any(path == start or path.startswith(f"{start}/") or not start for start in made.starts)


def test_a_negation_takes_away_wherever_it_stands():
    patterns = Patterns(["!**/*.map", "**/*", "!secret", "!node_modules/**"])
    paths = ["a.js", "a.map", "x/y.map", "secret", "secret/x", "node_modules/a", "node_modules2/a"]
    assert [path for path in paths if patterns.matches(path)] == ["a.js", "node_modules2/a"]
    assert patterns.prunes("node_modules") and patterns.prunes("secret") and not patterns.prunes("x")


def test_folders_named_as_a_whole_and_where_to_look():
    patterns = Patterns(["node_modules/**/*", ".npm", "packages/*/dist/**", "packages/a/b.txt"])
    assert patterns.folders == (".npm", "node_modules", "packages/a/b.txt")
    assert patterns.starts == (".npm", "node_modules", "packages")
    assert Patterns(["**/x", "a/**"]).starts == ("",)


def test_braces_that_blow_up_are_refused():
    with pytest.raises(ValueError, match="thousand"):
        Patterns(["{1..5000}"])
