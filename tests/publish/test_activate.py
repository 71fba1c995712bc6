import asyncio

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from engine.errors import PublishError
from engine.events import Activated, ignore
from engine.publish.activate import activate, live, prepare
from engine.publish.gate import gate_of
from engine.publish.key_values import KeyValues
from engine.publish.manifest import Manifest


@pytest.fixture
def values(kvs):
    return KeyValues(kvs, "arn")


def manifest(release, keys=3, live=None):
    entries = {f"{release}/i{n}": str(n) for n in range(keys)}
    return Manifest(release, "", "", "", (), entries, live or f'{{"r":"{release}"}}')


def refusal(code, message=""):
    return ClientError({"Error": {"Code": code, "Message": message}}, "UpdateKeys")


def test_activating_is_one_write_and_names_what_was_live(values, kvs):
    async def story():
        events = []
        await prepare(values, manifest("one"))
        assert await live(values) is None
        assert await activate(values, manifest("one"), events.append) is None
        await prepare(values, manifest("two"))
        kvs.batches.clear()
        assert await activate(values, manifest("two"), events.append) == "one"
        assert kvs.batches == [1]
        assert await live(values) == "two"
        assert [(e.release, e.previous) for e in events if isinstance(e, Activated)] == [
            ("one", ""),
            ("two", "one"),
        ]

    asyncio.run(story())


def test_activating_what_is_live_writes_nothing(values, kvs):
    asyncio.run(activate(values, manifest("one"), ignore))
    assert asyncio.run(activate(values, manifest("one"), ignore)) == "one"
    assert len(kvs.batches) == 1


def test_a_gate_goes_live_with_the_release_and_a_new_password_with_one_write(values, kvs):
    gate = gate_of("ann:one", "LOGIN", "notes/pr-7")
    asyncio.run(activate(values, manifest("one"), ignore, gate))
    assert "ann" not in kvs.data["live"]
    asyncio.run(activate(values, manifest("one"), ignore, gate))
    assert len(kvs.batches) == 1
    asyncio.run(activate(values, manifest("one"), ignore, gate_of("ann:two", "LOGIN", "notes/pr-7")))
    assert asyncio.run(live(values)) == "one"
    asyncio.run(activate(values, manifest("one"), ignore))
    assert kvs.data["live"] == '{"r":"one"}'
    assert len(kvs.batches) == 3


def test_entries_are_written_in_batches_and_once(values, kvs):
    assert asyncio.run(prepare(values, manifest("one", keys=120))) is True
    assert kvs.batches == [50, 50, 20, 1]
    assert len(kvs.data) == 121
    assert asyncio.run(prepare(values, manifest("one", keys=120))) is False
    assert len(kvs.batches) == 4


def test_preparing_that_broke_off_is_repeated(values, kvs):
    kvs.failures = [refusal("InternalServerException")]
    with pytest.raises(PublishError):
        asyncio.run(prepare(values, manifest("one")))
    assert asyncio.run(prepare(values, manifest("one"))) is True


def test_other_entries_for_the_same_release_are_written(values, kvs):
    asyncio.run(prepare(values, manifest("one", keys=1)))
    assert asyncio.run(prepare(values, manifest("one", keys=2))) is True
    assert kvs.data["one/i1"] == "1"


@pytest.mark.parametrize(
    "conflict", [refusal("ConflictException"), refusal("ValidationException", "Pre-Condition failed")]
)
def test_a_conflict_is_tried_again(values, kvs, conflict):
    kvs.failures = [conflict, conflict]
    asyncio.run(values.put("live", "x"))
    assert kvs.data == {"live": "x"}


@pytest.mark.parametrize(
    ("failure", "words", "hint"),
    [
        (refusal("ResourceNotFoundException"), "does not exist", "--refresh"),
        (refusal("AccessDeniedException"), "refused access", "cloudfront-keyvaluestore"),
        (refusal("ServiceQuotaExceededException"), "full", "fewer releases"),
        (refusal("ValidationException", "Value too long"), "refused", ""),
        (EndpointConnectionError(endpoint_url="http://x"), "cannot be reached", "network"),
    ],
)
def test_errors_say_what_to_do(values, kvs, failure, words, hint):
    kvs.failures = [failure]
    with pytest.raises(PublishError, match=words) as error:
        asyncio.run(values.put("live", "x"))
    assert hint in error.value.hint
    assert error.value.details


def test_keys_are_deleted_in_batches(values, kvs):
    asyncio.run(prepare(values, manifest("one", keys=70)))
    kvs.batches.clear()
    asyncio.run(values.delete_all([*kvs.data, "never/there"]))
    assert (kvs.data, kvs.batches) == ({}, [50, 22])


def test_a_damaged_live_entry_is_an_error(values, kvs):
    kvs.data["live"] = "not json"
    with pytest.raises(PublishError, match="damaged"):
        asyncio.run(live(values))
