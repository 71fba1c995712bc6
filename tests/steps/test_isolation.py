"""What of the host an isolated build sees, and what it may not leave behind."""

from __future__ import annotations

import pytest

from engine.build.isolation.bubblewrap import Bubblewrap
from engine.build.isolation.none import NoIsolation
from engine.build.model import BuildRequest
from engine.spec.model import Spec
from engine.steps.isolation import host_files, without_new_git


@pytest.fixture
def request_for(tmp_path):
    def make(isolation) -> BuildRequest:
        return BuildRequest(tmp_path, Spec(app="demo"), {}, tmp_path / "scratch", isolation=isolation)

    return make


def test_the_hosts_registries_and_certificates_are_seen_and_no_more(tmp_path):
    for name in (".npmrc", "ca.pem", "credentials"):
        (tmp_path / name).write_text("")
    host = {
        "HOME": str(tmp_path),
        "NODE_EXTRA_CA_CERTS": str(tmp_path / "ca.pem"),
        "SSL_CERT_FILE": str(tmp_path / "missing.pem"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
    }
    assert set(host_files(host)) == {tmp_path / ".npmrc", tmp_path / "ca.pem"}


def test_a_git_that_an_isolated_build_made_is_removed(tmp_path, request_for):
    events = []
    with without_new_git(request_for(Bubblewrap(tmp_path)), events.append):
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git/config").write_text("[core]\nfsmonitor = touch /tmp/escaped\n")
    assert not (tmp_path / ".git").exists() and "removed" in events[0].message


@pytest.mark.parametrize("isolated", [True, False])
def test_a_git_that_was_there_stays(tmp_path, request_for, isolated):
    if isolated:
        (tmp_path / ".git").mkdir()
    with without_new_git(request_for(Bubblewrap(tmp_path) if isolated else NoIsolation()), pytest.fail):
        (tmp_path / ".git").mkdir(exist_ok=True)
    assert (tmp_path / ".git").exists()
