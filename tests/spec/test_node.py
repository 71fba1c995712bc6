import pytest

from engine.spec.node import cut, dotted, put, short, without
from engine.spec.reader import parse


def tree(text):
    return parse(text.encode(), "f").root


def test_put_makes_the_mappings_on_the_way_and_leaves_the_old_tree_alone():
    root = tree("a: {b: [1, {c: 2}]}")
    new = put(put(root, ("a", "b", 1, "c"), tree("3")), ("x", "y"), tree("4"))
    assert new.plain() == {"a": {"b": ["1", {"c": "3"}]}, "x": {"y": "4"}}
    assert root.plain() == {"a": {"b": ["1", {"c": "2"}]}}


def test_cut_and_without_take_keys_away():
    root = tree("a: {b: [{c: 1, d: 2}], e: 3}")
    assert cut(root, ("a", "b", 0, "c")).plain() == {"a": {"b": [{"d": "2"}], "e": "3"}}
    assert without(root, {("a", "e"), ("a", "b", 0, "d")}).plain() == {"a": {"b": [{"c": "1"}]}}


def test_a_moved_node_keeps_its_place():
    root = tree("a: 1\nb:\n  c: 2\n")
    assert put(cut(root, ("b", "c")), ("d",), root.get(("b", "c"))).get(("d",)).where.line == 3


def test_nearest_is_the_last_one_on_the_way():
    root = tree("a:\n  b: 1\n")
    assert root.nearest(("a", "x", "y")).plain() == {"b": "1"}
    assert root.get(("a", "x")) is None


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (("applications", 0, "appRoot"), "applications[0].appRoot"),
        (("a", "b.c", 1), 'a."b.c"[1]'),
        (("release/x",), "release/x"),
        ((), ""),
    ],
)
def test_dotted(path, shown):
    assert dotted(path) == shown


def test_short():
    assert short("one\n  two") == "one two"
    assert short("a" * 100, 5) == "aaaa…"
