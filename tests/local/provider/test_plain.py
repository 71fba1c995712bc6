"""Inputs for the APIs whose lists are lists, there and back."""

from engine.local.provider.fields import TAGS, block, items, text, whole
from engine.local.provider.plain import from_plain, to_plain

FIELDS = {
    "name": text(),
    "size": whole(default=3),
    "place": text(local=True),
    "other": text(api="AnotherName"),
    "parts": items(block({"key": text(), "sub": block({"deep": items(text())})})),
    **TAGS,
}


def test_names_and_defaults():
    assert to_plain(FIELDS, {"name": "n", "other": "o", "place": "p"}) == {
        "Name": "n",
        "Size": 3,
        "AnotherName": "o",
    }
    assert to_plain(FIELDS, {"name": "n"}, ("name",)) == {"Size": 3}


def test_what_was_written_is_read_back():
    values = {"name": "n", "size": 4, "other": "o", "parts": [{"key": "k", "sub": {"deep": ["a", "b"]}}]}
    assert from_plain(FIELDS, to_plain(FIELDS, values)) == values


def test_what_says_nothing_is_left_out():
    assert from_plain(FIELDS, {"Name": "", "AnotherName": None, "Parts": []}) == {}
