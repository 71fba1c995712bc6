import pytest

from engine.spec.pattern import matches, matching, single_steps
from engine.spec.reader import parse


@pytest.mark.parametrize(
    ("at", "path", "expected"),
    [
        ("a", ("a",), True),
        ("a", ("a", "b"), False),
        ("a|b.c", ("b", "c"), True),
        ("a.*", ("a", 3), True),
        ("a.* x", ("x",), True),
        ("a.b", ("a.b",), False),
    ],
)
def test_matches(at, path, expected):
    assert matches(at, path) is expected


def test_matching_finds_keys_and_items():
    root = parse(b"a: {x: {c: 1}, y: {c: 2}}\nb: [{c: 3}]", "f").root
    assert [path for path, _ in matching("a|b.*.c", root)] == [
        ("a", "x", "c"),
        ("a", "y", "c"),
        ("b", 0, "c"),
    ]
    assert list(matching("a.x.c.d", root)) == []


def test_single_steps_are_the_keys_at_the_top():
    assert single_steps("a|b c.d e") == {"a", "b", "e"}
