"""The archives of an app: whole or not there, and not too many."""

from __future__ import annotations

import os
import time

import pytest

from engine.build import cache_store
from engine.build.cache_store import CacheStore, TooLargeError
from engine.state.backend import StateBackend


@pytest.fixture
def store(tmp_path):
    return CacheStore(StateBackend.folder(tmp_path))


def put(store: CacheStore, path: str, age: float, size: int = 10) -> None:
    store.write(path, [b"x" * size])
    file = store.backend.path / path
    os.utime(file, (time.time() - age, time.time() - age))


def left(store: CacheStore) -> list[str]:
    return [kept.path for kept in store.newest_first("app")]


def test_the_oldest_go_first_and_the_spared_stay(store, monkeypatch):
    monkeypatch.setattr(cache_store, "KEPT", 3)
    for age in range(5):
        put(store, f"app/pr-{age}/a", age * 100)
    put(store, "app/main/a", 9999)
    put(store, "other/main/a", 9999)
    assert store.prune("app", {"app/main/a"}) == 3
    assert left(store) == ["app/pr-0/a", "app/pr-1/a", "app/main/a"]
    assert store.newest_first("other"), "another app's are left alone"


def test_all_together_have_a_size(store, monkeypatch):
    monkeypatch.setattr(cache_store, "LARGEST", 25)
    for age in range(4):
        put(store, f"app/pr-{age}/a", age * 100)
    assert store.prune("app", set()) == 2
    assert left(store) == ["app/pr-0/a", "app/pr-1/a"]


def test_one_that_is_too_large_is_not_kept(store, monkeypatch):
    monkeypatch.setattr(cache_store, "LARGEST", 25)
    with pytest.raises(TooLargeError):
        store.write("app/main/a", [b"x" * 20, b"x" * 20])
    assert left(store) == []


def test_what_a_killed_process_left_goes(store):
    put(store, "app/main/a", 0)
    for name, age in (("app/main/b#1", 7200), ("app/main/c#1", 10)):
        file = store.backend.path / name
        file.write_bytes(b"half")
        os.utime(file, (time.time() - age, time.time() - age))
    store.prune("app", set())
    assert sorted(path.name for path in (store.backend.path / "app/main").iterdir()) == ["a", "c#1"]
