"""Tables: keys, indexes, streams, protection."""

import pytest
from pydantic import ValidationError

from engine.plan.backend import Package
from engine.plan.changes import STATEFUL_TYPES
from engine.spec.backend.backend import Backend
from tests.programs.mocked import declared, plan_of

NOTES = {"partition_key": "owner", "sort_key": {"at": "number"}}
WORK = {"source": "f", "handler": "app.handler", "runtime": "python3.12"}


def table(section, functions=None, **policy):
    packages = {name: Package("0" * 64, "/nowhere.zip") for name in functions or {}}
    backend = {"database": {"notes": section}, "functions": functions or {}}
    return declared(plan_of(backend, packages, **policy))


def inputs(section, functions=None, **policy):
    return table(section, functions, **policy)["database-notes"].inputs


def test_every_key_is_declared_once_with_its_type():
    by_time = {"partition_key": {"at": "number"}, "sort_key": "owner", "projection": "keys"}
    made = inputs({**NOTES, "indexes": {"by-time": by_time}})
    assert made["attributes"] == [{"name": "owner", "type": "S"}, {"name": "at", "type": "N"}]
    assert (made["hashKey"], made["rangeKey"]) == ("owner", "at")
    (index,) = made["globalSecondaryIndexes"]
    assert index == {"name": "by-time", "hashKey": "at", "rangeKey": "owner", "projectionType": "KEYS_ONLY"}


def test_it_is_paid_by_request_unless_capacity_is_wanted():
    assert inputs(NOTES)["billingMode"] == "PAY_PER_REQUEST"
    made = inputs({**NOTES, "capacity": {"read": 2, "write": 3}})
    assert (made["billingMode"], made["readCapacity"], made["writeCapacity"]) == ("PROVISIONED", 2, 3)


@pytest.mark.parametrize("kept", [True, False])
def test_the_policy_says_how_well_it_is_kept(kept):
    made = inputs(NOTES, backups=kept, protect=kept)
    assert made["pointInTimeRecovery"] == {"enabled": kept}
    assert made["deletionProtectionEnabled"] is kept
    assert "aws:dynamodb/table:Table" in STATEFUL_TYPES


def test_items_may_go_by_themselves():
    assert inputs({**NOTES, "ttl": "gone"})["ttl"] == {"attributeName": "gone", "enabled": True}
    assert "ttl" not in inputs(NOTES)


def test_a_function_that_is_called_for_changes_is_told_both_images():
    made = table(NOTES, {"watch": {**WORK, "triggers": [{"table": "notes"}]}})
    assert made["database-notes"].inputs["streamViewType"] == "NEW_AND_OLD_IMAGES"
    assert made["functions-watch-database-notes"].inputs["startingPosition"] == "LATEST"
    assert inputs({**NOTES, "stream": "keys"})["streamViewType"] == "KEYS_ONLY"
    assert inputs(NOTES)["streamEnabled"] is False


def test_reading_alone_writes_nothing():
    import json

    made = table(NOTES, {"work": {**WORK, "uses": [{"database.notes": "read"}]}})
    policy = json.loads(made["functions-work-policy"].inputs["policy"])
    actions = {action for statement in policy["Statement"] for action in statement["Action"]}
    assert "dynamodb:Query" in actions
    assert not {action for action in actions if "Put" in action and "Log" not in action}
    variables = made["functions-work"].inputs["environment"]["variables"]
    assert variables["DATABASE_NOTES_TABLE"] == made["database-notes"].inputs["name"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"partition_key": ["owner"]},
        {"partition_key": {"owner": "text"}},
        {"sort_key": "id"},
        {**NOTES, "indexes": {"by-time": {"partition_key": "at"}}},  # a number above
        {**NOTES, "capacity": {"read": 0, "write": 1}},
    ],
)
def test_what_dynamodb_would_refuse_is_refused(wrong):
    with pytest.raises(ValidationError):
        Backend.model_validate({"database": {"notes": wrong}})


@pytest.mark.parametrize("where", ["table", "index"])
def test_a_key_has_two_attributes(where):
    twice = {"partition_key": "id", "sort_key": "id"}
    table = twice if where == "table" else {"partition_key": "id", "indexes": {"by-id": twice}}
    with pytest.raises(ValidationError, match="as partition key and as sort key"):
        Backend.model_validate({"database": {"notes": table}})
