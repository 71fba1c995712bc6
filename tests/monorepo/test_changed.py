from __future__ import annotations

import os
import subprocess

import pytest

from engine.errors import UsageError
from engine.monorepo.changed import changed_between, changed_since

HOST = {"PATH": os.environ["PATH"]}


@pytest.fixture
def git(tmp_path):
    environment = {
        **HOST,
        "HOME": str(tmp_path),
        **{
            f"GIT_{who}_{what}": "x@example.com"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", tmp_path, *arguments], check=True, env=environment, capture_output=True, text=True
        )
        return done.stdout.strip()

    run("init", "-q", "-b", "main")
    return run


@pytest.fixture
def commit(git, tmp_path):
    def make(*names: str) -> str:
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(os.urandom(8).hex())
        git("add", "-A")
        git("commit", "-qm", "x")
        return git("rev-parse", "HEAD")

    return make


def test_what_a_branch_changed_and_what_is_not_committed(git, commit, tmp_path):
    commit("a", "b", "c", "gone")
    git("checkout", "-qb", "feature")
    git("rm", "-q", "gone")
    git("mv", "c", "sub dir é")
    commit("a")
    git("checkout", "-q", "main")
    commit("of-main")
    git("checkout", "-q", "feature")
    (tmp_path / "b").write_text("not committed")
    (tmp_path / "new").write_text("not added")
    assert changed_since(tmp_path, "main", HOST) == {"a", "b", "c", "gone", "new", "sub dir é"}
    assert "of-main" in changed_between(tmp_path, "main", HOST)


def test_a_project_inside_of_a_repository_counts_from_itself(commit, tmp_path):
    first = commit("site/a", "other")
    commit("site/a", "other")
    assert changed_since(tmp_path / "site", first, HOST) == {"a"}


def test_going_back_is_a_change_too(git, commit, tmp_path):
    commit("a")
    live = commit("a")
    git("reset", "-q", "--hard", "HEAD~1")
    assert changed_since(tmp_path, live, HOST) == frozenset()
    assert changed_between(tmp_path, live, HOST) == {"a"}


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "", "HEAD~9"])
def test_an_unknown_commit_is_told_with_what_to_fetch(commit, tmp_path, ref):
    commit("a")
    with pytest.raises(UsageError, match="git knows no commit") as caught:
        changed_since(tmp_path, ref, HOST)
    assert "fetch-depth: 0" in caught.value.hint
    assert not (tmp_path / "x").exists()


def test_histories_without_a_common_commit(git, commit, tmp_path):
    commit("a")
    git("checkout", "-q", "--orphan", "other")
    commit("b")
    with pytest.raises(UsageError, match="both come from"):
        changed_since(tmp_path, "main", HOST)
    assert changed_between(tmp_path, "main", HOST) == {"b"}
