"""The passphrase is made once, goes where the state goes, and may be given."""

import shutil

from engine.state.backend import StateBackend
from engine.state.passphrase import passphrase


def test_it_is_made_once_and_only_its_owner_reads_it(tmp_path):
    state = StateBackend.folder(tmp_path)
    first = passphrase(state, {})
    assert len(first) >= 32
    assert passphrase(state, {}) == first
    assert (tmp_path / "windlass" / "passphrase").stat().st_mode & 0o777 == 0o600


def test_it_goes_with_the_state_to_another_machine(tmp_path):
    first = passphrase(StateBackend.folder(tmp_path / "one"), {})
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    assert passphrase(StateBackend.folder(tmp_path / "two"), {}) == first


def test_one_that_is_given_is_used_and_not_kept(tmp_path):
    state = StateBackend.folder(tmp_path)
    assert passphrase(state, {"WINDLASS_PASSPHRASE": "given"}) == "given"
    assert state.keys("windlass") == []
