"""The locks that Pulumi's CLI leaves on a stack."""

import asyncio
import os
import socket
import time
from datetime import UTC, datetime

import pytest

from engine.cancel import Cancel
from engine.errors import CancelledError, LockedError
from engine.events import ignore
from engine.provision.stack_lock import unlocked
from engine.state.backend import StateBackend

LOCK = ".pulumi/locks/organization/notes/prod/1.json"
NOBODY = 2**22 + 12345


@pytest.fixture
def state(tmp_path):
    return StateBackend.folder(tmp_path)


def lock(state, **changes):
    now = datetime.now(UTC).isoformat()
    owner = {"pid": os.getpid(), "hostname": socket.gethostname(), "username": "anna", "timestamp": now}
    state.write_json(LOCK, {**owner, **changes})


def wait(state, emit=ignore, patience=0.0):
    asyncio.run(unlocked(state, "notes", "prod", emit, Cancel(), patience))


def test_no_lock(state):
    wait(state)


@pytest.mark.parametrize(
    "owner",
    [{"pid": NOBODY}, {"timestamp": "1999-12-31T23:59:59.123456789Z"}],
    ids=["gone", "its id was used again"],
)
def test_the_lock_of_a_dead_cli_goes(state, owner):
    lock(state, **owner)
    events = []
    wait(state, events.append)
    assert state.read(LOCK) is None
    assert [event.message.split(" (")[0] for event in events] == [
        f"removed a Pulumi lock left by anna on {socket.gethostname()}"
    ]


@pytest.mark.parametrize(
    "owner", [{}, {"timestamp": "?"}, {"hostname": "elsewhere", "pid": NOBODY}], ids=["here", "?", "there"]
)
def test_the_lock_of_a_living_or_foreign_cli_stays(state, owner):
    lock(state, **owner)
    with pytest.raises(LockedError, match="anna") as refused:
        wait(state)
    assert LOCK in refused.value.hint
    assert state.read(LOCK) is not None


def test_a_living_one_is_waited_for(state):
    lock(state)
    events = []

    async def scenario():
        told = asyncio.Event()

        def emit(event):
            events.append(event)
            told.set()

        waiting = asyncio.create_task(unlocked(state, "notes", "prod", emit, Cancel()))
        await asyncio.wait_for(told.wait(), 5)
        state.delete(LOCK)
        await asyncio.wait_for(waiting, 5)

    asyncio.run(scenario())
    assert events[0].message.startswith("waiting for anna")
    assert len(events) == 1


def test_what_pulumi_puts_beside_a_lock_in_a_folder_is_no_lock(state):
    lock(state, pid=NOBODY)
    state.write(f"{LOCK}.attrs", b'{"user.content_type": "text/plain"}')
    wait(state)
    assert state.keys(".pulumi") == []


def test_one_can_stop_waiting(state):
    lock(state)
    cancel = Cancel()

    async def scenario():
        await unlocked(state, "notes", "prod", lambda _: cancel.request(), cancel)

    with pytest.raises(CancelledError):
        asyncio.run(scenario())


def test_another_stacks_lock_is_not_ours(state):
    state.write_json(".pulumi/locks/organization/notes/prod-2/1.json", {"pid": 1, "hostname": "x"})
    began = time.monotonic()
    wait(state)
    assert time.monotonic() - began < 5
