"""Schedules: what EventBridge takes, and what it would refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.spec.backend.schedule import Schedules
from engine.spec.base import Model


class Holder(Model):
    schedule: Schedules = ()


def schedules(value):
    return Holder.model_validate({"schedule": value}).schedule


# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html, "Examples"
@pytest.mark.parametrize(
    "good",
    [
        "rate(1 minute)",
        "rate(5 minutes)",
        "rate(1 hour)",
        "rate(7 days)",
        "cron(0 10 * * ? *)",
        "cron(15 12 * * ? *)",
        "cron(0 18 ? * MON-FRI *)",
        "cron(0 8 1 * ? *)",
        "cron(0/15 * * * ? *)",
        "cron(0/10 * ? * MON-FRI *)",
        "cron(0/5 8-17 ? * MON-FRI *)",
        "cron(0 9 ? * 2#1 *)",
        "cron(0 0 L * ? 2026-2030)",
        "cron(0 0 3W JAN,jul ? *)",
        "cron(0 12 ? * 6L *)",
    ],
)
def test_what_aws_documents_is_taken(good):
    assert schedules(good) == (good,)


@pytest.mark.parametrize(
    "bad",
    [
        "5 minutes",
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(0 minutes)",
        "rate(5 weeks)",
        "cron(0 99 * * ? *)",
        "cron(60 0 * * ? *)",
        "cron(0 0 * * * *)",
        "cron(0 0 ? * ? *)",
        "cron(0 0 * * ?)",
        "cron(* * * * *)",
        "cron(0 0 0 * ? *)",
        "cron(0 0 * 13 ? *)",
        "cron(0 0 ? * 8 *)",
        "cron(0 0 * * ? 1969)",
        "cron(0/0 0 * * ? *)",
        "cron(1-2-3 0 * * ? *)",
        "cron(1, 0 * * ? *)",
    ],
)
def test_what_aws_would_refuse_is_refused(bad):
    with pytest.raises(ValidationError):
        schedules(bad)


def test_several_are_a_list():
    assert schedules(["rate(1 hour)", " cron(0  8 * * ? *) "]) == ("rate(1 hour)", "cron(0 8 * * ? *)")


@given(st.text())
def test_whatever_it_is_the_answer_is_yes_or_a_plain_no(text):
    for value in (text, f"cron({text})", f"rate({text})"):
        try:
            assert schedules(value)
        except ValidationError as error:
            assert error.errors()[0]["type"] == "schedule"
