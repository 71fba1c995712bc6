"""What a cache is kept by."""

from __future__ import annotations

import pytest

from engine.build.cache_key import CacheKey, cache_key
from engine.spec.model import Spec


@pytest.fixture
def key(tmp_path):
    (tmp_path / "apps/web").mkdir(parents=True)
    spec = Spec.model_validate({"app": "demo", "app_root": "apps/web"})

    def make(environment="main", node="22.1.0") -> CacheKey:
        return cache_key(spec, tmp_path, tmp_path / "apps/web", environment, "main", node)

    return make


def test_the_lock_file_of_a_workspace_is_at_its_top(tmp_path, key):
    (tmp_path / "pnpm-lock.yaml").write_text("one")
    first = key()
    (tmp_path / "pnpm-lock.yaml").write_text("two")
    assert key().lock != first.lock
    (tmp_path / "apps/web/package-lock.json").write_text("its own")
    nearest = key()
    (tmp_path / "pnpm-lock.yaml").write_text("three")
    assert key() == nearest


def test_without_a_lock_file_it_is_package_json(tmp_path, key):
    (tmp_path / "apps/web/package.json").write_text("{}")
    first = key()
    (tmp_path / "apps/web/package.json").write_text('{"dependencies": {}}')
    assert key().lock != first.lock


def test_nothing_above_the_project_counts(tmp_path):
    (tmp_path / "yarn.lock").write_text("somebody else's")
    (tmp_path / "project").mkdir()
    spec = Spec.model_validate({"app": "demo"})
    found = cache_key(spec, tmp_path / "project", tmp_path / "project", "main", "main", "")
    (tmp_path / "yarn.lock").unlink()
    assert found == cache_key(spec, tmp_path / "project", tmp_path / "project", "main", "main", "")


def test_only_the_major_version_of_node_matters(key):
    assert key(node="22.1.0") == key(node="v22.9.1") != key(node="20.1.0")


def test_environments_never_share_a_path(key):
    names = ["main", "Main", "ma/in", "ma-in", "pr-1", "日本", "..", "a" * 300, "a" * 301]
    paths = {key(environment=name).own for name in names}
    assert len(paths) == len(names)
    assert all(path.isascii() and ".." not in path and len(path) < 200 for path in paths)


def test_the_base_is_asked_last_and_once(key):
    assert len(key("main").folders) == 1
    own, base = key("pr-1").folders
    assert base == key("main").folders[0] and own != base
