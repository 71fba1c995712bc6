"""The programs that functions run on."""

import os
import sys

import pytest

from engine.local.emulator.runtimes import remarks, runtime_for

OWN = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def host(tmp_path):
    (tmp_path / "bin").mkdir()
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path)}


def put(path, says, code=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_a_python_of_that_version_on_the_path(host, tmp_path):
    put(tmp_path / "bin/python3.99", "/opt/python 3.99")
    found = runtime_for("python3.99", host)
    assert (str(found.program), found.remark) == ("/opt/python", "")


def test_a_shim_that_stands_for_nothing_is_passed_over(host, tmp_path):
    put(tmp_path / "bin/python3.99", "not installed", code=127)
    put(tmp_path / "home/.pyenv/versions/3.99.1/bin/python", "/pyenv/python 3.99")
    assert str(runtime_for("python3.99", host).program) == "/pyenv/python"


def test_no_such_python_is_said(host):
    found = runtime_for("python3.99", host)
    assert str(found.program) == sys.executable
    assert found.remark == (
        f"functions of runtime python3.99 run on Python {OWN} here: this machine has no other"
    )


def test_a_node_of_that_major_wherever_it_is(host, tmp_path):
    put(tmp_path / "bin/node", "v20.1.0")
    assert runtime_for("nodejs20.x", host).program == tmp_path / "bin/node"
    assert runtime_for("nodejs22.x", host).remark.startswith(
        "functions of runtime nodejs22.x run on Node 20.1.0"
    )
    stored = put(tmp_path / "windlass/toolchains/node/22.3.0/node_modules/.bin/node", "v22.3.0")
    found = runtime_for("nodejs22.x", host)
    assert (found.program, found.version, found.remark) == (stored, "22.3.0", "")


def test_no_node_at_all_is_said(host):
    assert runtime_for("nodejs22.x", host).remark.startswith(
        "functions of runtime nodejs22.x run on no Node here"
    )


def test_each_runtime_is_spoken_of_once(host):
    assert len(list(remarks(["python3.99", "python3.99", f"python{OWN}"], {**os.environ, **host}))) == 1
