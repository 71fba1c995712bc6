"""Cleaning up, whatever happens; the checks themselves run in tests/acceptance/test_operate.py."""

import asyncio

import pytest
from botocore.exceptions import ClientError

from engine.cancel import Cancel
from engine.errors import CancelledError
from engine.events import Checked, Warned
from engine.verify.backend import checks
from engine.verify.model import Check

REFUSED = ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "PutObject")


@pytest.fixture
def look(make_visit, monkeypatch):
    """A function that runs these slots and gives the checks, the events and what was cleaned up."""

    def looked(*slots, cancel=None):
        events = []
        monkeypatch.setattr(checks, "SLOTS", tuple((slot.__name__, slot) for slot in slots))
        run = checks.verify_backend(make_visit().request, events.append, cancel or Cancel())
        return asyncio.run(run), events

    return looked


def test_each_check_is_told_and_one_that_is_not_for_the_spec_is_left_out(look):
    done, events = look(lambda visit: Check("one", True, "fine"), lambda visit: None)
    assert done == (Check("one", True, "fine"),)
    assert [(e.check, e.passed) for e in events if isinstance(e, Checked)] == [("one", True)]


def test_an_answer_that_is_none_is_a_check_that_did_not_pass_and_the_rest_goes_on(look):
    removed = []

    def breaks(visit):
        visit.cleanup.callback(removed.append, "user")
        raise REFUSED

    done, _ = look(breaks, lambda visit: Check("two", True, ""))
    assert [(check.name, check.passed) for check in done] == [("breaks", False), ("two", True)]
    assert "AccessDenied" in done[0].message
    assert removed == ["user"]


def test_who_asks_to_stop_finds_nothing_left(look):
    removed, cancel = [], None

    def asked(visit):
        visit.cleanup.callback(removed.append, "user")
        cancel.request()

    async def stopped():
        nonlocal cancel
        cancel = Cancel()

    asyncio.run(stopped())
    with pytest.raises(CancelledError):
        look(asked, lambda visit: pytest.fail("it went on"), cancel=cancel)
    assert removed == ["user"]


def test_what_cannot_be_removed_is_warned_of_and_the_rest_is_removed(look):
    removed = []

    def stuck():
        raise REFUSED

    def makes(visit):
        visit.cleanup.callback(removed.append, "user")
        visit.cleanup.callback(stuck)

    _, events = look(makes)
    assert removed == ["user"]
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert "AccessDenied" in warned.message
