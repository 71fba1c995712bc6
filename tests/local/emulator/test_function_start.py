"""What functions find of the machine that they run on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.local.emulator.function_start import packages_with, provide, start_of
from engine.local.emulator.runtimes import Runtime

SEEN = "print(json.dumps([sorted(os.environ), sys.path, bool(exit)]))"
PYTHON = Runtime("python3.99", "Python", "3.11", Path(sys.executable))


@pytest.fixture
def sdk(tmp_path):
    provide(tmp_path / "sdk", packages_with("boto3"))
    return tmp_path / "sdk"


def run(tmp_path, script, **variables):
    file = tmp_path / "_worker.py"
    file.write_text(script)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": "/h",
        "STATE_DIR": "/s",
        "LOG_LEVEL": "WARNING",
        **variables,
    }
    return subprocess.run(
        [sys.executable, file], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_function_sees_nothing_of_the_emulators_environment(tmp_path, sdk):
    done = run(tmp_path, start_of(PYTHON, sdk) + f"import json\n{SEEN}", AWS_REGION="us-east-1")
    names, path, can_exit = json.loads(done.stdout)
    assert {"AWS_REGION", "PATH"} <= set(names)
    assert not {"HOME", "STATE_DIR", "LOG_LEVEL"} & set(names)
    assert can_exit
    assert path[-1] == str(sdk)
    assert not [entry for entry in path if "site-packages" in entry or entry == str(tmp_path)]
    assert "run on Python 3.11 here" in done.stderr


def test_only_what_aws_has_can_be_imported(tmp_path, sdk):
    assert run(tmp_path, start_of(PYTHON, sdk) + "import boto3, dateutil, urllib3").returncode == 0
    for undeclared in ("yaml", "engine", "click"):
        done = run(tmp_path, start_of(PYTHON, sdk) + f"import {undeclared}")
        assert f"No module named '{undeclared}'" in done.stderr


def test_only_packages_of_the_sdk_are_provided(sdk):
    names = {path.name for path in sdk.iterdir()}
    assert {"boto3", "botocore", "jmespath", "s3transfer", "six.py"} <= names
    assert not {"yaml", "click", "bin", "awscrt"} & names


def test_a_node_function_sees_nothing_of_it_either(tmp_path):
    script = start_of(Runtime("nodejs22.x", "Node", "20.1.0", Path("node")), tmp_path)
    file = tmp_path / "_worker.js"
    file.write_text(script + "\nconsole.log(JSON.stringify(Object.keys(process.env)))")
    environment = {"PATH": os.environ["PATH"], "HOME": "/h", "STATE_DIR": "/s", "AWS_REGION": "r"}
    done = subprocess.run(["node", file], env=environment, capture_output=True, text=True, check=True)
    assert {"HOME", "STATE_DIR"}.isdisjoint(json.loads(done.stdout))
    assert "AWS_REGION" in json.loads(done.stdout)
    assert "run on Node 20.1.0 here" in done.stderr
