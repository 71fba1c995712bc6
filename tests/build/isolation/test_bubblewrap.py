"""What bubblewrap is told; tests/acceptance/test_isolation.py runs it."""

from __future__ import annotations

import os
import sys

import pytest

from engine.build.isolation import bubblewrap
from engine.build.isolation.bubblewrap import Bubblewrap
from engine.build.isolation.model import Folders
from engine.build.launch import Launch
from engine.errors import PrerequisiteError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap is for Linux")


class Wrapped:
    """A command wrapped for a project, and the options that bubblewrap reads."""

    def __init__(self, folder, variables=None, **folders):
        self.project = folder / "app"
        self.scratch = self.project / ".windlass/build/d-1"
        self.scratch.mkdir(parents=True, exist_ok=True)
        given = Folders(self.project, self.scratch, self.project / "web", **folders)
        launch = Launch(("/bin/bash", "driver"), variables or {})
        self.launch = Bubblewrap(folder / "private").wrap(launch, given)
        (descriptor,) = self.launch.descriptors
        with os.fdopen(descriptor, "rb") as file:
            self.options = [option.decode() for option in file.read().split(b"\0")[:-1]]

    def mounts(self, kind):
        at = [number for number, option in enumerate(self.options) if option == kind]
        return {self.options[number + 2]: self.options[number + 1] for number in at}


@pytest.fixture(autouse=True)
def program(monkeypatch):
    monkeypatch.setattr(bubblewrap, "_program", lambda: "/usr/bin/bwrap")


def test_the_project_and_the_scratch_folder_are_all_that_is_written(tmp_path):
    found = Wrapped(tmp_path)
    inside = {"/tmp", "/dev/shm", str(found.project), str(found.scratch)}
    assert found.mounts("--bind").keys() == inside
    assert found.mounts("--bind")["/tmp"] == str(found.scratch / "tmp")
    assert found.options[found.options.index("--chdir") + 1] == str(found.project / "web")


def test_nothing_of_the_host_but_the_system_is_read(tmp_path):
    (tmp_path / "app/.git").mkdir(parents=True)
    found = Wrapped(tmp_path)
    read = {*found.mounts("--ro-bind"), *found.mounts("--ro-bind-try")}
    allowed = ("/usr", "/nix/store", "/bin", "/sbin", "/lib", "/etc/", str(found.project))
    assert all(path.startswith(allowed) for path in read)
    assert str(found.project / ".git") in read
    assert not read & {"/", "/etc", "/etc/ssl", "/etc/shadow", "/home", "/root", "/run", "/var"}


def test_variables_go_by_the_descriptor_alone(tmp_path):
    found = Wrapped(
        tmp_path, {"TOKEN": "hush", "LD_PRELOAD": "/app/evil.so", "PATH": "/app/evil", "A": "a\nb"}
    )
    assert found.launch.variables == {}
    assert not any("hush" in word or "evil" in word for word in found.launch.command)
    at = found.options.index("TOKEN")
    assert found.options[at - 1 : at + 2] == ["--setenv", "TOKEN", "hush"]
    assert found.options[found.options.index("A") + 1] == "a\nb"


def test_a_toolchain_is_read_and_a_shared_cache_is_replaced_by_a_private_one(tmp_path):
    cache = tmp_path / "cache/npm"
    found = Wrapped(tmp_path, read=(tmp_path / "node22",), written=(cache,))
    assert found.mounts("--ro-bind-try")[str(tmp_path / "node22")] == str(tmp_path / "node22")
    assert found.mounts("--bind")[str(cache)].startswith(str(tmp_path / "private"))
    assert not cache.exists()


def test_a_worktree_has_its_repository_read_only(tmp_path):
    git = tmp_path / "repository/.git/worktrees/app"
    git.mkdir(parents=True)
    (git / "commondir").write_text("../..\n")
    (tmp_path / "app").mkdir()
    (tmp_path / "app/.git").write_text(f"gitdir: {git}\n")
    read = Wrapped(tmp_path).mounts("--ro-bind")
    assert {str(tmp_path / "app/.git"), str(tmp_path / "repository/.git")} <= read.keys()


def test_a_bash_elsewhere_is_not_there_inside(tmp_path):
    launch = Launch(("/home/me/.nix-profile/bin/bash", "driver"), {})
    folders = Folders(tmp_path, tmp_path / "scratch", tmp_path)
    wrapped = Bubblewrap(tmp_path / "private").wrap(launch, folders)
    for descriptor in wrapped.descriptors:
        os.close(descriptor)
    assert wrapped.command[-2] in ("/bin/bash", "/usr/bin/bash")


def test_without_bubblewrap_there_is_a_way_out(tmp_path, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name, path: None)
    with pytest.raises(PrerequisiteError) as caught:
        Bubblewrap(tmp_path).check()
    assert "apt-get install bubblewrap" in caught.value.hint


def test_without_user_namespaces_there_is_a_way_out(tmp_path, monkeypatch):
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "_program", lambda: str(refusing))
    with pytest.raises(PrerequisiteError, match="setting up uid map") as caught:
        Bubblewrap(tmp_path).check()
    assert "user namespaces" in caught.value.hint
