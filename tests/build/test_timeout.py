from __future__ import annotations

import time

import pytest

from engine.build.timeout import limit_of, timeout_of
from engine.errors import BuildError
from engine.spec.model import Spec

SPEC = Spec(app="demo", file="/app/amplify.yml", lines={"env.variables._BUILD_TIMEOUT": 4})


@pytest.mark.parametrize(
    ("text", "minutes"), [("", 30), ("5", 5), ("120", 120), (" 60 ", 60), ("0.5", 5), ("4", 5), ("480", 120)]
)
def test_minutes_are_taken_within_what_amplify_takes(text, minutes):
    limit = limit_of(text, SPEC)
    assert limit.seconds == minutes * 60
    assert bool(limit.warning) == (text in ("0.5", "4", "480"))


def test_another_number_is_told_with_its_line():
    warning = limit_of("480", SPEC).warning
    assert warning.message == "_BUILD_TIMEOUT is 480 minutes; 120 are taken"
    assert warning.where == "/app/amplify.yml:4"


@pytest.mark.parametrize("text", ["soon", "-1", "0", "inf", "nan"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(BuildError, match="_BUILD_TIMEOUT") as caught:
        limit_of(text, SPEC)
    assert str(caught.value.where) == "/app/amplify.yml:4"


def test_it_comes_from_the_variables_if_nothing_else_is_said(sandbox, phases):
    variables = {"_BUILD_TIMEOUT": "10"}
    assert timeout_of(sandbox.request(phases(), timeout=None, variables=variables)) == 600
    assert timeout_of(sandbox.request(phases(), timeout=7.0, variables=variables)) == 7


def test_what_earlier_sections_spent_is_not_there_for_later_ones(sandbox, phases):
    began = time.monotonic()
    with pytest.raises(BuildError, match=r"stopped after 60 seconds, in frontend build"):
        sandbox.run_spec(phases(build=("sleep 30",)), timeout=60.0, spent=59.7)
    assert time.monotonic() - began < 25


def test_the_limit_is_for_all_sections_together(sandbox):
    slow = {"phases": {"build": {"commands": ["sleep 0.6"]}}}
    spec = Spec.model_validate({"app": "demo", "backend": slow, "frontend": slow})
    with pytest.raises(BuildError, match="in frontend build"):
        sandbox.run_spec(spec, "backend-build", "frontend", timeout=1.0)


@pytest.mark.parametrize(
    ("command", "hint"),
    [
        ("npm run dev & npm run dev; sleep 9", "`npm run dev` serves or watches and never ends"),
        ("echo '? Would you like to share usage data?'; sleep 9", "asks for an answer"),
        ("sleep 9", "_BUILD_TIMEOUT"),
    ],
)
def test_the_hint_knows_why_a_command_does_not_end(sandbox, command, hint):
    npm = sandbox.project / "npm"
    npm.write_text("#!/bin/sh\nexec sleep 9\n")
    npm.chmod(0o755)
    variables = {"PATH": f"{sandbox.project}:/usr/bin:/bin"}
    with pytest.raises(BuildError, match="was stopped after") as caught:
        sandbox.run(command, timeout=0.4, variables=variables)
    assert hint in caught.value.hint
