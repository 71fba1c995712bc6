"""What Pulumi's state says, and the locks that a dead CLI left in it."""

import os
import socket

import pytest

from engine.errors import LockedError
from engine.events import Warned, ignore
from engine.provision.checkpoint import read_checkpoint, remove_dead_locks
from engine.state.backend import StateBackend

URN = "urn:pulumi:prod::notes::aws:s3/bucket:Bucket::site-bucket"
LOCK = ".pulumi/locks/organization/notes/prod/1.json"


@pytest.fixture
def state(tmp_path):
    return StateBackend.folder(tmp_path)


def resource(**changes):
    base = {"urn": URN, "type": "aws:s3/bucket:Bucket", "custom": True, "id": "wl-notes", "inputs": {"a": 1}}
    return {**base, **changes}


def put(state, resources, pending=()):
    latest = {"resources": resources, "pending_operations": list(pending)}
    state.write_json(".pulumi/stacks/notes/prod.json", {"version": 3, "checkpoint": {"latest": latest}})


def lock(state, **changes):
    owner = {"pid": os.getpid(), "hostname": socket.gethostname(), "username": "anna", "timestamp": "today"}
    state.write_json(LOCK, {**owner, **changes})


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


def test_the_lock_of_a_dead_cli_goes(state):
    lock(state, pid=2**22 + 12345)
    events = []
    remove_dead_locks(state, "notes", "prod", events.append)
    assert state.read(LOCK) is None
    assert [type(event) for event in events] == [Warned]


@pytest.mark.parametrize("owner", [{}, {"hostname": "elsewhere", "pid": 2**22 + 12345}])
def test_the_lock_of_a_living_or_foreign_cli_stays(state, owner):
    lock(state, **owner)
    with pytest.raises(LockedError, match="anna"):
        remove_dead_locks(state, "notes", "prod", ignore)
    assert state.read(LOCK) is not None


def test_another_stacks_lock_is_not_ours(state):
    state.write_json(".pulumi/locks/organization/notes/prod-2/1.json", {"pid": 1, "hostname": "x"})
    remove_dead_locks(state, "notes", "prod", ignore)
