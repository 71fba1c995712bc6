"""How the packages of a function are installed."""

import pytest

from engine.errors import BuildError
from engine.functions.install import commands_for
from engine.spec.backend.functions import Function


def commands(folder, **settings):
    function = Function(**{"source": "f", "handler": "app.handler", "runtime": "python3.12", **settings})
    return commands_for("work", function, folder)


def test_without_packages_nothing_runs(tmp_path):
    assert commands(tmp_path) == commands(tmp_path, runtime="nodejs22.x") == ()


def test_wheels_are_those_of_lambda_whatever_this_machine_is(tmp_path):
    (tmp_path / "requirements.txt").write_text("requests==2.32.3")
    (command,) = commands(tmp_path, architecture="arm64", runtime="python3.13")
    assert "--platform manylinux2014_aarch64" in command
    assert "--python-version 3.13" in command
    assert "--only-binary=:all:" in command


@pytest.mark.parametrize(
    ("runtime", "taken", "not_taken"),
    [
        ("python3.11", ["manylinux_2_26", "manylinux_2_17", "manylinux2014"], ["manylinux_2_28"]),
        ("python3.12", ["manylinux_2_34", "manylinux_2_28", "manylinux2014"], ["manylinux_2_35"]),
    ],
)
def test_wheels_may_want_as_new_a_glibc_as_the_runtime_has(tmp_path, runtime, taken, not_taken):
    (tmp_path / "requirements.txt").write_text("numpy==2.4.1")
    (command,) = commands(tmp_path, runtime=runtime)
    assert all(f"--platform {tag}_x86_64 " in command for tag in taken)
    assert not any(tag in command for tag in not_taken)


@pytest.mark.parametrize(
    ("lock", "first", "last"),
    [
        ("package-lock.json", "npm ci", "npm prune --omit=dev"),
        ("pnpm-lock.yaml", "pnpm install --frozen-lockfile", "pnpm install --prod"),
        ("yarn.lock", "yarn install --frozen-lockfile", "yarn install --production"),
    ],
)
def test_the_lock_file_says_who_installs_and_own_commands_run_before_the_rest_goes(
    tmp_path, lock, first, last
):
    (tmp_path / lock).write_text("")
    ran = commands(tmp_path, runtime="nodejs22.x", commands=("npx esbuild",))
    assert ran[0].startswith(first)
    assert ran[1] == "npx esbuild"
    assert last in ran[2]


def test_packages_that_nothing_pins_are_refused(tmp_path):
    (tmp_path / "package.json").write_text('{"dependencies": {"left-pad": "1"}}')
    with pytest.raises(BuildError, match="no lock file"):
        commands(tmp_path, runtime="nodejs22.x")


@pytest.mark.parametrize("text", ['{"name": "x"}', "[]", "nonsense"])
def test_a_package_json_without_dependencies_is_fine(tmp_path, text):
    (tmp_path / "package.json").write_text(text)
    assert commands(tmp_path, runtime="nodejs22.x") == ()
