from typing import Any

from engine.provision.adopt import adopt, with_retained
from engine.provision.retained import Planned, Retained


def _resource(urn: str, **more: Any) -> dict[str, Any]:
    return {"urn": urn, "type": "t", "inputs": {"a": 1}, **more}


def _export(resources: list[Any], operations: list[Any]) -> dict[str, Any]:
    return {
        "version": 3,
        "deployment": {"manifest": {}, "resources": resources, "pending_operations": operations},
    }


def test_a_pending_creation_joins_the_others_under_its_id() -> None:
    export = _export([_resource("a", id="1")], [{"type": "creating", "resource": _resource("b")}])
    adopted = adopt(export, {"b": "2"})
    assert adopted["deployment"]["resources"] == [_resource("a", id="1"), _resource("b", id="2")]
    assert adopted["deployment"]["pending_operations"] == []
    assert adopted["version"] == 3
    assert adopted["deployment"]["manifest"] == {}
    assert len(export["deployment"]["resources"]) == 1


def test_what_made_nothing_is_forgotten_and_other_operations_stay() -> None:
    deleting = {"type": "deleting", "resource": _resource("c", id="3")}
    export = _export([], [{"type": "creating", "resource": _resource("b")}, deleting])
    assert adopt(export, {})["deployment"]["resources"] == []
    assert adopt(export, {})["deployment"]["pending_operations"] == [deleting]


def test_what_is_recorded_is_not_adopted_again() -> None:
    twice = [{"type": "creating", "resource": _resource("b")}] * 2
    assert len(adopt(_export([], twice), {"b": "2"})["deployment"]["resources"]) == 1
    assert len(adopt(_export([_resource("b", id="1")], twice), {"b": "2"})["deployment"]["resources"]) == 1
    replaced = _resource("b", id="1", delete=True)
    assert len(adopt(_export([replaced], twice), {"b": "2"})["deployment"]["resources"]) == 2


def test_a_stack_without_resources_is_left_as_it_is() -> None:
    assert adopt({"deployment": {}}, {})["deployment"] == {"resources": [], "pending_operations": []}


PLACE = "urn:pulumi:prod::shop"
STACK = f"{PLACE}::pulumi:pulumi:Stack::shop-prod"
PROVIDER = f"{PLACE}::pulumi:providers:aws::default_7_1_0"
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def _retained(name: str, inputs: dict[str, Any] | None = None) -> Retained:
    urn = f"{PLACE}::aws:sqs/queue:Queue::{name}"
    planned = Planned(urn, "aws:sqs/queue:Queue", name, STACK, f"{PROVIDER}::{UNKNOWN}", inputs or {})
    return Retained(planned, f"https://sqs/{name}")


def test_what_was_left_joins_a_stack_that_has_nothing_yet() -> None:
    found = [
        _retained("a", {"name": "a", "redrivePolicy": {"arn": [UNKNOWN]}}),
        _retained("b", {"name": "b"}),
    ]
    stack, provider, first, second = with_retained(_export([], []), found)["deployment"]["resources"]
    assert (stack["urn"], stack["type"], stack["custom"]) == (STACK, "pulumi:pulumi:Stack", False)
    assert (provider["urn"], provider["type"]) == (PROVIDER, "pulumi:providers:aws")
    assert (first["id"], first["inputs"], first["parent"]) == ("https://sqs/a", {"name": "a"}, STACK)
    assert first["provider"] == second["provider"] == f"{PROVIDER}::{provider['id']}"


def test_it_joins_under_the_provider_that_a_stack_has() -> None:
    there = [_resource(STACK), _resource(PROVIDER, id="1")]
    export = _export(there, [])
    *before, joined = with_retained(export, [_retained("a")])["deployment"]["resources"]
    assert before == there == export["deployment"]["resources"]
    assert joined["provider"] == f"{PROVIDER}::1"
