"""Pulumi's events become Windlass's."""

from pulumi.automation.events import EngineEvent

from engine.provision.engine_events import Collector

URN = "urn:pulumi:prod::notes::aws:s3/bucket:Bucket::site-bucket"


def step(kind, operation, urn=URN, type="aws:s3/bucket:Bucket", **metadata):
    data = {"op": operation, "urn": urn, "type": type, "provider": "", **metadata}
    return EngineEvent.from_json({"sequence": 1, "timestamp": 1, kind: {"metadata": data}})


def collected(*events, planned=False):
    reported = []
    collector = Collector(reported.append, planned=planned)
    for event in events:
        collector(event)
    return collector, reported


def test_a_creation_is_reported_as_it_begins_and_ends():
    collector, reported = collected(step("resourcePreEvent", "create"), step("resOutputsEvent", "create"))
    assert [(e.operation, e.name, e.status) for e in reported] == [
        ("create", "site-bucket", "running"),
        ("create", "site-bucket", "done"),
    ]
    assert [c.operation for c in collector.changes] == ["create"]


def test_what_stays_the_same_is_counted_and_not_reported():
    collector, reported = collected(step("resourcePreEvent", "same"), step("resOutputsEvent", "same"))
    assert reported == []
    assert [c.operation for c in collector.changes] == ["same"]


def test_the_steps_of_a_replacement_are_one_change():
    operations = ("create-replacement", "replace", "delete-replaced")
    collector, _ = collected(*(step("resourcePreEvent", op) for op in operations), planned=True)
    assert [c.operation for c in collector.changes] == ["replace"]


def test_the_stack_and_its_providers_are_nobodys_business():
    collector, reported = collected(
        step("resourcePreEvent", "create", type="pulumi:pulumi:Stack"),
        step("resourcePreEvent", "create", type="pulumi:providers:aws"),
    )
    assert (collector.changes, reported) == ((), [])


def test_a_plan_reports_once():
    _, reported = collected(
        step("resourcePreEvent", "update", diffs=["comment"]), step("resOutputsEvent", "update"), planned=True
    )
    assert [(e.status, e.keys) for e in reported] == [("planned", ("comment",))]


def test_errors_are_kept_without_colors():
    diagnostic = {"message": "<{%reset%}>no such bucket<{%reset%}>\n", "color": "raw", "severity": "error"}
    event = EngineEvent.from_json({"sequence": 1, "timestamp": 1, "diagnosticEvent": diagnostic})
    collector, _ = collected(event)
    assert collector.errors == ["no such bucket"]


def test_the_outputs_of_the_stack_are_kept():
    stack = "pulumi:pulumi:Stack"
    new = {"type": stack, "urn": URN, "id": "", "parent": "", "provider": "", "outputs": {"bucket": "wl"}}
    collector, reported = collected(step("resOutputsEvent", "create", type=stack, new=new))
    assert (collector.outputs, reported) == ({"bucket": "wl"}, [])


def test_outputs_that_no_event_told_are_not_known():
    collector, _ = collected(step("resOutputsEvent", "create"))
    assert collector.outputs is None
