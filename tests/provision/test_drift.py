"""What a refresh that only looks says to differ."""

from types import SimpleNamespace as Value

import pytest

from engine.provision.drift import differences, value_at

URN = "urn:pulumi:prod::app::aws:sqs/queue:Queue::queues-jobs"


def step(operation, *paths, old=None, new=None):
    return Value(
        op=Value(value=operation),
        type="aws:sqs/queue:Queue",
        urn=URN,
        detailed_diff=dict.fromkeys(paths),
        diffs=None,
        old=Value(inputs=old or {}, outputs={"delaySeconds": 0, **(old or {})}),
        new=Value(inputs=new or {}, outputs=new or {}),
    )


def found(*arguments, **states):
    return [(d.name, d.path, d.recorded, d.actual, d.gone) for d in differences(step(*arguments, **states))]


def test_a_changed_property_comes_with_both_values():
    told = found("update", "timeout", old={"timeout": 30}, new={"timeout": 77})
    assert told == [("queues-jobs", "timeout", 30, 77, False)]


def test_what_was_left_to_aws_is_known_from_the_outputs():
    told = found("update", "delaySeconds", new={"delaySeconds": 5})
    assert told == [("queues-jobs", "delaySeconds", 0, 5, False)]


def test_a_resource_that_is_gone():
    assert found("delete") == [("queues-jobs", "", None, None, True)]


def test_what_is_as_it_was_is_not_told():
    assert found("same", "timeout") == found("refresh", "timeout") == []


def test_variables_are_not_shown_for_they_may_be_secrets():
    path = "environment.variables.KEY"
    told = found("update", path, new={"environment": {"variables": {"KEY": "hunter2"}}})
    assert told == [("queues-jobs", path, None, "[secret]", False)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("a", {"b": [1, {"c.d": 2}]}),
        ("a.b[0]", 1),
        ('a.b[1]["c.d"]', 2),
        ("a.b[7]", None),
        ("a.x.y", None),
        ("a.b.c", None),
    ],
)
def test_paths_are_read_as_pulumi_writes_them(path, value):
    assert value_at({"a": {"b": [1, {"c.d": 2}]}}, path) == value
