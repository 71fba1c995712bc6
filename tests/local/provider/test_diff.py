import json
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.local.provider.diff import changes
from engine.local.provider.fields import block, document, flag, items, mapping, ordered, text, whole
from engine.local.provider.resources.distribution_inputs import INPUTS
from engine.local.provider.values import UNKNOWN

FIELDS = {
    "name": text(replaces=True),
    "comment": text(),
    "type": text(computed=True),
    "publish": flag(default=True),
    "policy": document(),
    "tags": mapping(),
    "methods": items(text()),
    "paths": ordered(block({"path": text(), "ttl": whole(default=0)})),
    "rule": block({"owner": text(), "names": block({"items": items(text())})}),
}


def _diff(old: dict[str, Any], new: dict[str, Any], *ignored: str) -> dict[str, str]:
    found = changes(FIELDS, old, new, ignored)
    return {str(change): change.kind + ("!" if change.replaces else "") for change in found}


def test_what_means_the_same_is_no_change() -> None:
    assert _diff({}, {"publish": True, "comment": "", "tags": {}, "methods": [], "rule": {"names": {}}}) == {}
    assert _diff({"methods": ["GET", "PUT"]}, {"methods": ["PUT", "GET"]}) == {}
    assert _diff({"policy": '{"a": 1, "b": [2]}'}, {"policy": '{"b":[2],"a":1}'}) == {}
    assert _diff({"paths": [{"path": "a"}]}, {"paths": [{"path": "a", "ttl": 0}]}) == {}


def test_changes_have_the_paths_of_pulumi() -> None:
    old = {
        "tags": {"windlass:app": "a", "b": "1"},
        "paths": [{"path": "a"}, {"path": "b"}],
        "rule": {"owner": "x"},
    }
    new = {"tags": {"windlass:app": "z", "c": "1"}, "paths": [{"path": "a"}, {"path": "c"}], "comment": "new"}
    assert _diff(old, new) == {
        'tags["windlass:app"]': "update",
        "tags.b": "delete",
        "tags.c": "add",
        "paths[1].path": "update",
        "rule": "delete",
        "comment": "add",
    }


def test_order_counts_in_an_ordered_list_only() -> None:
    a, b = {"path": "a"}, {"path": "b"}
    assert _diff({"paths": [a, b]}, {"paths": [b, a]}) == {
        "paths[0].path": "update",
        "paths[1].path": "update",
    }


def test_a_field_that_aws_cannot_change_replaces() -> None:
    assert _diff({"name": "a"}, {"name": "b"}) == {"name": "update!"}


def test_an_unknown_value_is_a_change() -> None:
    assert _diff({"name": "a"}, {"name": UNKNOWN}) == {"name": "update!"}
    assert _diff({"tags": {"a": "1"}}, {"tags": {"a": UNKNOWN}}) == {"tags.a": "update"}


def test_a_computed_value_that_is_no_longer_asked_for_stays() -> None:
    assert _diff({"type": "text/html"}, {}) == {}
    assert _diff({"type": "text/html"}, {"type": "text/css"}) == {"type": "update"}


def test_ignored_paths_are_left_out_with_all_below() -> None:
    old = {"tags": {"windlass:commit": "1", "a": "1"}, "paths": [{"path": "a"}], "comment": "x"}
    new = {"tags": {"windlass:commit": "2", "a": "2"}, "paths": [{"path": "b"}], "comment": "y"}
    assert _diff(old, new, 'tags["windlass:commit"]', "paths[*].path", "comment") == {"tags.a": "update"}
    assert _diff(old, new, "tags", "paths[0]", "com") == {"comment": "update"}


_BEHAVIOR = st.fixed_dictionaries(
    {
        "targetOriginId": st.sampled_from("ab"),
        "allowedMethods": st.permutations(["GET", "HEAD", "OPTIONS"]),
        "compress": st.booleans(),
    }
)
_DISTRIBUTIONS = st.fixed_dictionaries(
    {
        "enabled": st.booleans(),
        "aliases": st.lists(st.text(max_size=3), max_size=3),
        "origins": st.lists(
            st.fixed_dictionaries(
                {"originId": st.text(max_size=2)}, optional={"originPath": st.text(max_size=2)}
            ),
            max_size=3,
        ),
        "defaultCacheBehavior": _BEHAVIOR,
        "tags": st.dictionaries(st.text(max_size=2), st.text(max_size=2), max_size=2),
    }
)


@given(_DISTRIBUTIONS, st.randoms())
def test_a_shuffled_distribution_is_the_same(inputs: dict[str, Any], chance: random.Random) -> None:
    shuffled = json.loads(json.dumps(inputs))
    for listed in (
        shuffled["aliases"],
        shuffled["origins"],
        shuffled["defaultCacheBehavior"]["allowedMethods"],
    ):
        chance.shuffle(listed)
    assert changes(INPUTS, inputs, shuffled) == []


@given(_DISTRIBUTIONS, _DISTRIBUTIONS)
def test_a_difference_is_seen_from_both_sides(old: dict[str, Any], new: dict[str, Any]) -> None:
    there = {str(change) for change in changes(INPUTS, old, new)}
    assert there == {str(change) for change in changes(INPUTS, new, old)}
