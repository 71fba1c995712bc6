"""Python of the host, and pip in an environment of the build's own."""

import asyncio
import os
import subprocess

import pytest

from engine.build.toolchain.commands import simple_commands
from engine.build.toolchain.python import python_for
from engine.events import Warned


@pytest.fixture
def made(tmp_path, events):
    """A function: commands, PATH -> the environment for them."""

    def make(text, path=os.environ["PATH"]):
        variables = {"PATH": path, "HOME": str(tmp_path)}
        return asyncio.run(python_for(simple_commands(text), tmp_path / "python", variables, events.append))

    return make


@pytest.mark.parametrize("text", ["pip install -r a.txt", "cd docs && python3 -m pip install mkdocs"])
def test_pip_gets_an_environment_on_the_hosts_python(made, tmp_path, text):
    python = made(text)
    asked = "import sys; print(sys.prefix != sys.base_prefix, '%d.%d.%d' % sys.version_info[:3])"
    line = [python.bin / "python", "-c", asked]
    assert subprocess.run(line, capture_output=True, text=True).stdout.split() == ["True", python.version]
    assert (python.bin / "pip").is_file()
    assert (python.base / "bin").is_dir() and not python.base.is_relative_to(tmp_path)
    assert python.variables(tmp_path)["VIRTUAL_ENV"] == str(python.folder)


@pytest.mark.parametrize("text", ["npm ci", "python3 build.py", "echo pip install", "npx pip"])
def test_other_commands_get_none(made, text, tmp_path):
    assert made(text) is None
    assert not (tmp_path / "python").exists()


def test_a_host_without_python(made, tmp_path, events):
    assert made("pip install a", path=str(tmp_path)) is None
    assert events == []  # that the commands call `pip` is remarked elsewhere


def test_a_python_without_venv_is_told(made, tmp_path, events):
    program = tmp_path / "python3"
    program.write_text("#!/bin/sh\necho 'ensurepip is not available' >&2\nexit 1\n")
    program.chmod(0o755)
    assert made("pip install a", path=f"{tmp_path}:/bin") is None
    (warned,) = events
    assert isinstance(warned, Warned) and "ensurepip is not available" in warned.message
