from __future__ import annotations

import os

import pytest

from engine.build.env_cache import commands_folder, env_cache
from engine.build.model import CommandError
from engine.events import Warned


@pytest.fixture
def build(sandbox, tmp_path):
    """Runs commands in a build of their own, each with what the ones before kept."""
    counter = iter(range(99))

    def run(*commands: str) -> list[str]:
        sandbox.events.clear()
        scratch = tmp_path / f"build-{next(counter)}"
        with env_cache(tmp_path / "kept", scratch, sandbox.events.append):
            path = f"{commands_folder(scratch)}:{os.environ['PATH']}"
            sandbox.run(*commands, scratch=scratch, variables={"PATH": path})
        return sandbox.lines

    return run


def test_a_value_reaches_the_next_command_and_the_next_build(build):
    assert build("envCache --set STACK 'a b\"c'", "envCache --get STACK") == ['a b"c']
    assert build('X="$(envCache --get STACK)"; echo "[$X]"', "envCache --set STACK new") == ['[a b"c]']
    assert build("envCache --get STACK") == ["new"]


def test_a_name_that_was_never_set_is_empty(build):
    assert build('if [ -z "$(envCache --get NOTHING)" ]; then echo empty; fi') == ["empty"]


def test_values_are_kept_where_the_build_fails(build):
    with pytest.raises(CommandError):
        build("envCache --set STAGE one", "exit 1")
    assert build("envCache --get STAGE") == ["one"]


@pytest.mark.parametrize(
    "call", ["", "--get", "--set A", "--get ../A", "--set a/b c", "--set .. x", "--del A"]
)
def test_anything_else_is_refused(build, call):
    with pytest.raises(CommandError) as caught:
        build(f"envCache {call}")
    assert caught.value.exit_code_of_command == 2
    assert "usage: envCache" in caught.value.details[-1]


def test_a_link_brings_no_file_of_the_host_along(build, tmp_path):
    build("envCache --set A 1", 'ln -s /etc/passwd "$(dirname "$(command -v envCache)")/../env-cache/B"')
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["A"]


def test_a_folder_of_the_host_in_its_place_is_not_taken(build, tmp_path):
    store = '"$(dirname "$(command -v envCache)")/../env-cache"'
    build("envCache --set A 1", f"rm -r {store}", f"ln -s /etc/apt {store}")
    assert not (tmp_path / "kept").exists()


def test_large_values_are_not_kept(build, sandbox, tmp_path):
    build(
        "envCache --set A 1",
        'head -c 1100000 /dev/zero > "$(dirname "$(command -v envCache)")/../env-cache/B"',
    )
    assert any("over 1 MB" in event.message for event in sandbox.events if isinstance(event, Warned))
    assert not (tmp_path / "kept").exists()
