"""What Pulumi's state says."""

import pytest

from engine.provision.checkpoint import read_checkpoint, sweep
from engine.state.backend import StateBackend

URN = "urn:pulumi:prod::notes::aws:s3/bucket:Bucket::site-bucket"


@pytest.fixture
def state(tmp_path):
    return StateBackend.folder(tmp_path)


def resource(**changes):
    base = {"urn": URN, "type": "aws:s3/bucket:Bucket", "custom": True, "id": "wl-notes", "inputs": {"a": 1}}
    return {**base, **changes}


def put(state, resources, pending=()):
    latest = {"resources": resources, "pending_operations": list(pending)}
    state.write_json(".pulumi/stacks/notes/prod.json", {"version": 3, "checkpoint": {"latest": latest}})


def test_no_stack(state):
    assert read_checkpoint(state, "notes", "prod") is None


def test_a_stack_without_resources(state):
    state.write_json(".pulumi/stacks/notes/prod.json", {"version": 3, "checkpoint": {"stack": "x"}})
    assert read_checkpoint(state, "notes", "prod").resources == ()


def test_resources_without_the_stack_and_its_providers(state):
    provider = resource(urn="urn:p::default", type="pulumi:providers:aws", id="p")
    stack = resource(urn="urn:s::s", type="pulumi:pulumi:Stack", custom=False)
    put(state, [stack, provider, resource()])
    (found,) = read_checkpoint(state, "notes", "prod").resources
    assert (found.name, found.id, found.inputs) == ("site-bucket", "wl-notes", {"a": 1})


def test_creations_that_were_cut_short(state):
    creating = {"type": "creating", "resource": resource(id="")}
    put(state, [], [creating, {"type": "updating", "resource": resource()}])
    (pending,) = read_checkpoint(state, "notes", "prod").pending
    assert pending.urn == URN


def test_what_killed_clis_left_goes_and_nothing_else(state):
    ours = [
        "stacks/notes/prod.json.bak.18eab1dcf.tmp",
        "backups/notes/prod/1.json",
        "history/notes/prod/2.json",
    ]
    others = ["stacks/notes/prod-2.json", "backups/notes/prod-2/1.json", "meta.yaml"]
    for key in (*ours, *others):
        state.write(f".pulumi/{key}", b"")
    sweep(state, "notes", "prod")
    assert state.keys(".pulumi") == sorted(f".pulumi/{key}" for key in others)
