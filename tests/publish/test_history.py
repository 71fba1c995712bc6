import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.publish.history import (
    ACTIVATIONS_KEPT,
    History,
    ReleaseRecord,
    previous_of,
    with_activation,
    with_release,
    without_releases,
)


def record(id, commit="c"):
    return ReleaseRecord(id, "2026-01-01T00:00:00+00:00", commit, "main", 3, 100, "d1")


def history(*activations, releases="abc"):
    made = History(tuple(record(id) for id in releases))
    for activation in activations:
        release, _, kind = activation.partition(" ")
        made = with_activation(made, release, "2026-01-01T00:00:00+00:00", "d", "me", kind or "deploy")
    return made


@given(st.lists(st.sampled_from("abc"), max_size=5), st.text(max_size=5))
def test_json_gives_the_same_history_back(activations, commit):
    made = with_release(history(*activations), record("d", commit))
    assert History.from_json(made.to_json()) == made


def test_a_release_published_again_has_one_record_the_newest():
    made = with_release(history(), record("a", "newer"))
    assert [r.id for r in made.releases] == ["b", "c", "a"]
    assert made.releases[-1].commit == "newer"


def test_old_activations_are_forgotten():
    made = history(*"ab" * ACTIVATIONS_KEPT)
    assert len(made.activations) == ACTIVATIONS_KEPT


@pytest.mark.parametrize(
    ("activations", "live", "expected"),
    [
        ([], None, None),
        (["a"], "a", None),
        (["a", "b"], "b", "a"),
        (["a", "b", "b", "b"], "b", "a"),
        (["a", "b", "a rollback"], "a", "b"),
        (["a", "b", "c", "b rollback"], "b", "c"),
        (["a", "b", "c", "b revert"], "b", "a"),
        (["a", "b", "a revert"], "a", None),
        (["a", "b", "c"], "c", "b"),
    ],
)
def test_a_rollback_goes_to_what_was_live_before(activations, live, expected):
    assert previous_of(history(*activations), live) == expected


def test_a_rollback_never_goes_to_a_release_that_is_gone():
    made = without_releases(history("a", "b", "c"), {"b"})
    assert previous_of(made, "c") == "a"
    assert previous_of(without_releases(made, {"a"}), "c") is None
