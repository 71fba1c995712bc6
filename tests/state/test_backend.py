"""The state backend: atomic writes, and creation only once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.errors import UsageError
from engine.state.backend import StateBackend


@pytest.fixture
def state(tmp_path):
    return StateBackend.folder(tmp_path / "a folder with spaces")


def test_values_come_back(state):
    assert state.read("a/b") is None
    state.write_json("a/b", {"x": 1})
    state.write_json("a/b", {"x": 2})
    assert state.read_json("a/b") == {"x": 2}


def test_pulumi_keeps_no_attributes_in_a_folder(state):
    assert state.pulumi_url == f"{state.url}?metadata=skip"
    assert (
        StateBackend("s3://bucket/prefix?region=eu-west-1").pulumi_url
        == "s3://bucket/prefix?region=eu-west-1"
    )


def test_keys_below_a_folder(state):
    for key in ("a/2", "a/b/1", "ab/3"):
        state.write(key, b"")
    assert state.keys("a") == ["a/2", "a/b/1"]


def test_deleting_twice_is_no_error(state):
    state.write("a", b"1")
    state.delete("a")
    state.delete("a")
    assert state.read("a") is None


def test_only_one_creates(state):
    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(lambda n: state.create("lock", str(n).encode()), range(64)))
    assert sum(won) == 1
    assert state.read("lock") == str(won.index(True)).encode()


def test_another_kind_of_backend_is_refused():
    with pytest.raises(UsageError, match="gs://"):
        StateBackend("gs://bucket").read("a")


def test_credentials_are_not_shown(tmp_path):
    shown = repr(StateBackend("s3://bucket", {"AWS_SECRET_ACCESS_KEY": "hush"}))
    assert "hush" not in shown
