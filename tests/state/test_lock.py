"""One deployment at a time, and a dead one holds nothing."""

import asyncio
import dataclasses
import os
import subprocess
import sys
import time

import pytest

from engine.errors import LockedError
from engine.events import Warned, ignore
from engine.process import started
from engine.state import lock as module
from engine.state.backend import StateBackend
from engine.state.lock import LEASE, Lock, holder, locked

KEY = "windlass/notes/prod/lock.json"


@pytest.fixture
def state(tmp_path):
    return StateBackend.folder(tmp_path)


def hold(state, during=lambda: None, emit=ignore, deployment="d1"):
    async def run():
        async with locked(state, "notes", "prod", deployment, emit):
            return during()

    return asyncio.run(run())


def mine(**changes):
    return dataclasses.replace(module._mine("other"), **changes)


def put(state, lock):
    state.write_json(KEY, dataclasses.asdict(lock))


def test_it_is_there_during_the_block_and_gone_after(state):
    held = hold(state, lambda: holder(state, "notes", "prod"))
    assert held.pid == os.getpid()
    assert held.deployment == "d1"
    assert holder(state, "notes", "prod") is None


def test_a_living_owner_is_named_with_its_time(state):
    put(state, mine(user="anna", since=0.0))
    with pytest.raises(LockedError, match=r"anna .*deployment other.* since 1970-01-0"):
        hold(state)


def test_the_lock_of_a_dead_process_is_removed_and_said(state):
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    put(state, mine(pid=process.pid, process=started(process.pid)))
    with pytest.raises(LockedError):
        hold(state)
    process.communicate()
    events = []
    assert hold(state, lambda: "ran", events.append) == "ran"
    (warning,) = (event for event in events if isinstance(event, Warned))
    assert f"process {process.pid}" in warning.message


def test_another_process_with_the_same_number_is_not_the_owner(state):
    put(state, mine(process="of another time"))
    assert hold(state, lambda: "ran") == "ran"


def test_a_lock_of_another_host_lives_as_long_as_its_lease(state):
    elsewhere = Lock("1", "elsewhere", 1, "", "ci", "d0", time.time(), time.time())
    put(state, elsewhere)
    with pytest.raises(LockedError, match="ci on elsewhere"):
        hold(state)
    put(state, dataclasses.replace(elsewhere, renewed=time.time() - LEASE - 1))
    assert hold(state, lambda: "ran") == "ran"


def test_a_lock_is_broken_only_once(state):
    dead = mine(process="gone")
    put(state, dead)
    state.create(f"{KEY}.{dead.id}.broken", b"{}")
    with pytest.raises(LockedError, match="being removed by another"):
        hold(state)


def test_an_owner_that_lost_its_lock_does_not_take_the_next_ones(state):
    other = mine()
    hold(state, lambda: put(state, other))
    assert state.read_json(KEY)["id"] == other.id


def test_it_is_renewed_while_it_is_held(state, monkeypatch):
    monkeypatch.setattr(module, "_RENEW_EVERY", 0.01)

    async def run():
        async with locked(state, "notes", "prod", "d1", ignore) as lock:
            for _ in range(200):
                await asyncio.sleep(0.01)
                if state.read_json(KEY)["renewed"] > lock.renewed:
                    return True
        return False

    assert asyncio.run(run())
