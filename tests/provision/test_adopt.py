from typing import Any

from engine.provision.adopt import adopt


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
