"""Conditions and updates of resolvers as DynamoDB's expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.local.emulator.expressions import condition, update


def filled(made):
    """The text with names and values in it, for reading."""
    text = made.text
    for reference, name in made.names.items():
        text = text.replace(reference, name)
    for reference, value in made.values.items():
        text = text.replace(reference, repr(value))
    return text


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ({"owner": {"eq": "ann"}}, "owner = 'ann'"),
        ({"owner": {"eq": "ann"}, "at": {"between": [1, 2]}}, "owner = 'ann' AND at BETWEEN 1 AND 2"),
        ({"at": {"gt": 1, "le": 9}}, "at > 1 AND at <= 9"),
        ({"place.city": {"beginsWith": "B"}}, "begins_with(place.city, 'B')"),
        ({"or": [{"a": {"eq": 1}}, {"b": {"ne": 2}}]}, "((a = 1) OR (b <> 2))"),
        ({"not": {"tags": {"contains": "x"}}}, "(NOT (contains(tags, 'x')))"),
        ({"id": {"attributeExists": False}}, "attribute_not_exists(id)"),
        ({"state": {"in": ["a", "b"]}}, "state IN ('a', 'b')"),
    ],
)
def test_a_condition(wanted, text):
    assert filled(condition(wanted)) == text


def test_what_appsync_does_not_know_is_refused():
    with pytest.raises(ValueError, match="like"):
        condition({"a": {"like": "x"}})


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ({"text": "x"}, "SET text = 'x'"),
        ({"n": {"__op": "increment", "by": 2}}, "SET n = n + 2"),
        ({"n": {"__op": "decrement"}, "old": {"__op": "remove"}}, "SET n = n - 1 REMOVE old"),
        ({"list": {"__op": "append", "value": [1]}}, "SET list = list_append(list, [1])"),
        ({"list": {"__op": "updateListItem", "index": 1, "value": 5}}, "SET list[1] = 5"),
    ],
)
def test_an_update(wanted, text):
    assert filled(update(wanted)) == text


@given(st.dictionaries(st.from_regex(r"[a-m]{1,3}", fullmatch=True), st.integers(), min_size=1))
def test_every_attribute_and_value_has_a_reference_of_its_own(wanted):
    made = condition({name: {"eq": value} for name, value in wanted.items()})
    assert sorted(made.names.values()) == sorted(wanted)
    assert list(made.values.values()) == list(wanted.values())
