from __future__ import annotations

import pytest

from engine.build.model import BuildRequest, CommandError
from engine.build.toolchain.advice import advising
from engine.build.toolchain.model import Toolchain
from engine.errors import BuildError
from engine.events import CommandFinished, Warned
from engine.spec.model import Spec

PACKAGE = {"dependencies": {"astro": "^7"}, "devDependencies": {"vite": "*", "eslint": "*"}}
ASTRO = {"name": "astro", "version": "7.3.5", "engines": {"node": ">=22.12.0"}}
VITE = {"name": "vite", "version": "7.1.0", "engines": {"node": "^20.19.0 || >=22.12.0"}}


@pytest.fixture
def request_in(tmp_path):
    def make(folder, app_root="", node="20.20.2"):
        tools = Toolchain((), {}, "", node, "", tmp_path / "node-version")
        spec = Spec.model_validate({"app": "a", "app_root": app_root})
        return BuildRequest(folder, spec, {}, tmp_path / "scratch", tools=tools)

    return make


def finished(exit_code=0):
    return CommandFinished("frontend", "build", "npm ci", exit_code, 1.0)


def failed(code, *lines):
    return CommandError(
        "failed",
        section="frontend",
        phase="build",
        command="x",
        exit_code_of_command=code,
        details=lines,
        hint="h",
    )


def test_a_framework_is_told_of_as_soon_as_it_is_installed(project, request_in, events):
    folder = project({"package.json": PACKAGE})
    with advising(request_in(folder), events.append) as emit:
        assert events == []
        project({"node_modules/astro/package.json": ASTRO, "node_modules/vite/package.json": VITE})
        emit(finished(1))
        emit(finished())
        emit(finished())
    (warned,) = (event for event in events if isinstance(event, Warned))
    assert warned.message == "astro 7.3.5 needs Node >=22.12.0, and the build has 20.20.2"
    assert warned.hint == "write `22` to .nvmrc"


def test_a_workspace_has_it_further_up_and_nvm_may_have_switched(project, request_in, events, tmp_path):
    folder = project({"web/package.json": PACKAGE, "node_modules/astro/package.json": ASTRO})
    with advising(request_in(folder, "web"), events.append):
        assert len(events) == 1
    (tmp_path / "node-version").write_text("22.23.3\n")
    with advising(request_in(folder, "web"), events.append):
        assert len(events) == 1


def test_a_failure_gets_it_as_a_hint(project, request_in, events):
    folder = project({"package.json": PACKAGE, "node_modules/astro/package.json": ASTRO})
    with pytest.raises(BuildError) as caught, advising(request_in(folder), events.append):
        raise failed(1, "TypeError: x is not a function")
    assert caught.value.hint.startswith("h; astro 7.3.5 needs Node")
    assert caught.value.hint.endswith("write `22` to .nvmrc")
    with pytest.raises(BuildError) as caught, advising(request_in(folder, node="22.23.3"), events.append):
        raise failed(1, "TypeError: x is not a function")
    assert caught.value.hint == "h"


def test_a_program_that_was_not_found_is_explained(project, request_in, events):
    request = request_in(project({}))
    with pytest.raises(BuildError) as caught, advising(request, events.append):
        raise failed(127, "/x/frontend.build.1: line 1: hugo: command not found")
    assert "gohugo.io" in caught.value.hint
    with pytest.raises(BuildError) as caught, advising(request, events.append):
        raise failed(127, "/x/frontend.build.1: line 1: vite: command not found")
    assert caught.value.hint == "h"
