"""Policy variables: filled, or no match."""

from dataclasses import dataclass, field

import pytest

from engine.local.emulator.policy_variables import filled, matching_variables

SUB = "cognito-identity.amazonaws.com:sub"
OWN = f"arn:aws:s3:::files/private/${{{SUB}}}/*"


@dataclass(frozen=True)
class Statement:
    resources: list
    not_resources: list = field(default_factory=list)
    conditions: dict = field(default_factory=dict)


def first_match(context, statements, effect):
    return next((one for one in statements if context["asks"] in one.resources), None)


def resolve(name, context):
    return context.get(name)


match = matching_variables(first_match, resolve)


def test_an_identity_matches_what_is_its_own_and_nothing_else():
    own = Statement([OWN])
    mine = {SUB: "us-east-1:me", "asks": "arn:aws:s3:::files/private/us-east-1:me/*"}
    assert match(mine, [own], "Allow") is own
    assert match({**mine, SUB: "us-east-1:other"}, [own], "Allow") is None


def test_a_variable_without_a_value_matches_nothing():
    assert match({"asks": OWN}, [Statement([OWN])], "Allow") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("${*}", "*"), ("a${$}b", "a$b"), ("${x, 'y'}", "y"), ("${name}/z", "n/z"), ("plain", "plain")],
)
def test_what_a_variable_becomes(text, value):
    assert filled(text, {"name": "n"}.get) == value
