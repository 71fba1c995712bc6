import json
from dataclasses import asdict

import pytest

from engine.bundle.origin import Inlined, Origin, foreign, forms, hashed, hashed_variables

STAGING = "https://staging.example.com/"
SALT = "salt"


def origin(*items, environment="staging"):
    return Origin("notes", environment, "staging", "c0ffee", SALT, {}, items)


def item(variable, value):
    return Inlined(variable, hashed(SALT, forms(value)[0]), ("a.js",), 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (STAGING, ("staging.example.com",)),
        ("https://a.example.com/v1/", ("a.example.com/v1", "a.example.com")),
        ("prod", ()),
        ("staging", ("staging",)),
        ("http://a:1/", ()),
        ("a/b/c/d/", ("a/b/c/d/",)),
    ],
)
def test_the_forms_of_a_value(value, expected):
    assert forms(value) == expected


def test_a_value_that_differs_is_foreign_and_one_that_is_the_same_is_not():
    found = origin(item("WINDLASS_URL", STAGING), item("API", "https://api.example.com"))
    there = {"WINDLASS_URL": "https://example.com/", "API": "https://api.example.com"}
    assert [i.variable for i in foreign(found, "notes", "prod", there)] == ["WINDLASS_URL"]
    assert foreign(found, "notes", "staging", {**there, "WINDLASS_URL": STAGING}) == ()
    assert foreign(found, "notes", "prod", {**there, "WINDLASS_URL": STAGING}) == ()


def test_an_environment_that_moved_is_foreign_to_itself():
    moved = {"WINDLASS_URL": "https://d2.cloudfront.net/"}
    assert foreign(origin(item("WINDLASS_URL", STAGING)), "notes", "staging", moved)


@pytest.mark.parametrize("variables", [{}, {"KEY": "the same or not"}])
def test_what_cannot_be_compared_counts_as_different_elsewhere(variables):
    secret = origin(Inlined("KEY", "", ("a.js",), 1))
    assert foreign(secret, "notes", "prod", variables)
    assert not foreign(secret, "notes", "staging", variables)


def test_json_gives_it_back_and_holds_no_value():
    variables = hashed_variables(SALT, {"API": "https://api.example.com", "KEY": "hunter22"}, {"KEY"})
    made = Origin("notes", "staging", "b", "c", SALT, variables, (item("API", "https://api.example.com"),))
    text = json.dumps(asdict(made))
    assert Origin.from_json(json.loads(text)) == made
    assert "api.example.com" not in text and "hunter22" not in text and hashed(SALT, "hunter22") not in text
    assert made.variables["KEY"] == "" and made.names == ("API",)
