"""Queues: their settings, the queue of what failed, protection."""

import json

import pytest

from engine.plan.changes import STATEFUL_TYPES
from engine.plan.why import why
from tests.programs.mocked import declared, plan_of


def queues(section, **policy):
    made = declared(plan_of({"queues": section}, **policy))
    return {name: args.inputs for name, args in made.items() if args.typ == "aws:sqs/queue:Queue"}


def test_a_queue_has_the_settings_of_the_spec():
    settings = {"visibility_timeout": 90, "retention_days": 1, "delay": 5}
    (queue,) = queues({"jobs": settings}).values()
    assert queue["visibilityTimeoutSeconds"] == 90
    assert queue["messageRetentionSeconds"] == 86_400
    assert queue["delaySeconds"] == 5
    assert queue["sqsManagedSseEnabled"] is True
    assert queue["tags"]["windlass:app"] == "notes"


def test_what_failed_too_often_goes_to_a_queue_of_the_same_kind():
    made = queues({"jobs": {"attempts": 3, "fifo": True}})
    assert set(made) == {"queues-jobs", "queues-jobs-failed"}
    assert json.loads(made["queues-jobs"]["redrivePolicy"]) == {
        "deadLetterTargetArn": "arn:queues-jobs-failed",
        "maxReceiveCount": 3,
    }
    assert all(queue["fifoQueue"] and queue["name"].endswith(".fifo") for queue in made.values())
    assert made["queues-jobs-failed"]["messageRetentionSeconds"] == 14 * 86_400


def test_two_environments_share_no_queue():
    here, there = plan_of({"queues": {"jobs": {}}}), plan_of({"queues": {"jobs": {}}}, region="eu-west-1")
    names = [declared(plan)["queues-jobs"].inputs["name"] for plan in (here, there)]
    assert len(set(names)) == 2
    assert all(len(name) <= 63 for name in names)


def test_the_guard_knows_it_and_everybody_why_it_is_there():
    assert "aws:sqs/queue:Queue" in STATEFUL_TYPES
    assert all(why(name) for name in queues({"jobs": {"attempts": 3}}))


@pytest.mark.parametrize("protect", [True, False])
def test_the_plan_goes_through_json(protect):
    plan = plan_of({"queues": {"jobs": {"delay": 3}}}, protect=protect)
    again = type(plan).from_json(plan.to_json())
    assert (again, again.digest, again.backend.spec) == (plan, plan.digest, plan.backend.spec)
