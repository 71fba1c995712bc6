"""What git and CI systems say about a checkout."""

import os
import subprocess

import pytest

from engine.environment.git import Checkout, checkout, pull_request_of_ci


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
