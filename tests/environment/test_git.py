"""What git and CI systems say about a checkout."""

import os
import subprocess

import pytest

from engine.environment.git import Checkout, asked_to_skip, checkout, pull_request_of_ci


@pytest.fixture
def host(tmp_path):
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}


@pytest.fixture
def repository(tmp_path, host):
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "file").write_text("1")
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    for command in (["init", "-q", "-b", "feature/x"], ["add", "."], [*identity, "commit", "-qm", "Begin"]):
        subprocess.run(["git", "-C", folder, *command], check=True, env=host)
    return folder


def test_a_checkout(repository, host):
    found = checkout(repository, host)
    assert (found.branch, found.author, found.message) == ("feature/x", "a@example.com", "Begin")
    assert len(found.commit) == 40
    assert not found.dirty


def test_a_changed_file_makes_it_dirty(repository, host):
    (repository / "file").write_text("2")
    assert checkout(repository, host).dirty


def test_a_password_in_the_remote_is_not_shown(repository, host):
    url = "https://user:secret@example.com/notes.git"
    subprocess.run(["git", "-C", repository, "remote", "add", "origin", url], check=True, env=host)
    assert checkout(repository, host).remote == "https://example.com/notes.git"


def test_a_detached_head_takes_the_branch_of_the_ci_system(repository, host):
    subprocess.run(["git", "-C", repository, "checkout", "-q", "--detach"], check=True, env=host)
    assert checkout(repository, host).branch == ""
    assert checkout(repository, {**host, "GITHUB_REF_NAME": "login"}).branch == "login"


def test_no_checkout(tmp_path, host):
    assert checkout(tmp_path, host) == Checkout()


def test_pull_requests_of_ci_systems():
    assert pull_request_of_ci({"GITHUB_REF": "refs/pull/42/merge"}) == 42
    assert pull_request_of_ci({"CI_MERGE_REQUEST_IID": "7"}) == 7
    assert pull_request_of_ci({"GITHUB_REF": "refs/heads/main", "BUILDKITE_PULL_REQUEST": "false"}) is None


@pytest.mark.parametrize(
    ("message", "skips"),
    [
        ("Fix it [skip-cd]", True),
        ("Fix it\n\nNot yet.\n\n[skip-cd]\n", True),
        ("Fix it [SKIP-CD]  ", True),
        ("[skip-cd] Fix it", False),
        ("Fix it", False),
    ],
)
def test_a_commit_may_ask_not_to_be_deployed(repository, host, message, skips):
    commit(repository, host, message)
    assert asked_to_skip(repository, host) is skips


def test_the_merge_that_github_makes_of_a_pull_request_is_looked_through(repository, host):
    commit(repository, host, "Work [skip-cd]")
    subprocess.run(["git", "-C", repository, "checkout", "-qb", "base", "HEAD~1"], check=True, env=host)
    merge = ["merge", "-q", "--no-ff", "-m", "Merge 1 into 2", "feature/x"]
    subprocess.run(["git", "-C", repository, *IDENTITY, *merge], check=True, env=host)
    assert not asked_to_skip(repository, host)
    assert asked_to_skip(repository, {**host, "GITHUB_REF": "refs/pull/7/merge"})


def test_outside_of_git_nobody_asks(tmp_path, host):
    assert not asked_to_skip(tmp_path, host)


IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.com")


def commit(repository, host, message):
    arguments = ["commit", "-q", "--allow-empty", "-m", message]
    subprocess.run(["git", "-C", repository, *IDENTITY, *arguments], check=True, env=host)
