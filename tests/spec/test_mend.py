"""Mending keeps comments and layout, and never changes what a file means."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.spec.examine import examine_spec
from engine.spec.mend import RULES, mend

CASES = {
    "wrong case": (
        "frontend:\n  phases:\n    prebuild: # first\n      commands: [a]\n",
        "frontend:\n  phases:\n    preBuild: # first\n      commands: [a]\n",
    ),
    "build path": (
        "applications:\n- appRoot: web\n  frontend:\n    buildpath: / # root\n",
        "applications:\n- appRoot: web\n  frontend:\n    buildPath: / # root\n",
    ),
    "phases left out": (
        "frontend:\n  # both\n  preBuild:\n    commands:\n      - a\n"
        "  build:\n    commands: # b\n      - b\n",
        "frontend:\n  # both\n  phases:\n    preBuild:\n      commands:\n        - a\n"
        "    build:\n      commands: # b\n        - b\n",
    ),
    "commands left out": (
        "frontend:\n  phases:\n    build:\n      - a # one\n      - b\n",
        "frontend:\n  phases:\n    build:\n      commands:\n        - a # one\n        - b\n",
    ),
    "commands left out, without indentation": (
        "frontend:\n  phases:\n    build:\n    - a\n    preBuild: {commands: [b]}\n",
        "frontend:\n  phases:\n    build:\n      commands:\n        - a\n    preBuild: {commands: [b]}\n",
    ),
    "paths left out": (
        "frontend:\n  cache:\n    - node_modules/**/* # big\n",
        "frontend:\n  cache:\n    paths:\n      - node_modules/**/* # big\n",
    ),
    "inside phases": (
        "frontend:\n  phases:\n    artifacts:\n      baseDirectory: out\n    build:\n      commands: [a]\n",
        "frontend:\n  phases:\n    build:\n      commands: [a]\n  artifacts:\n    baseDirectory: out\n",
    ),
    "a comment that is not indented": (
        "frontend:\n  phases:\n    artifacts:\n # why\n      files: [a]\n    build:\n      commands: [a]\n",
        "frontend:\n  phases:\n    build:\n      commands: [a]\n  artifacts:\n# why\n    files: [a]\n",
    ),
    "a file named": (
        "frontend:\n  customHeaders: customHttp.yml\n  artifacts: {baseDirectory: a}\n",
        "frontend:\n  artifacts: {baseDirectory: a}\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_cases(name, end):
    before, after = (("version: 1\n" + text).replace("\n", end) for text in CASES[name])
    mended = mend(before, "amplify.yml")
    assert mended.text == after
    assert mended.problems
    assert not {problem.rule for problem in examine_spec(after.encode(), "amplify.yml").problems} & set(RULES)


def test_what_has_two_meanings_stays():
    text = "version: 1\nfrontend:\n  fases: {}\n  phases: {}\nframework: x\n"
    assert mend(text, "amplify.yml").text == text


def test_a_right_file_stays_as_it_is():
    text = "version: 1 # one\nfrontend: {phases: {build: {commands: [a]}}}"
    assert mend(text, "amplify.yml").text == text


LINES = st.sampled_from(
    [
        "frontend:", "  phases:", "    prebuild:", "  build:", "    build:", "      commands:", "      - a",
        "    - a # x", "  cache:", "    - b", "    paths: [c]", "    artifacts:", "      baseDirectory: d",
        "", "# note", "  customHeaders: x.yml", "version: 1",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=14).map("\n".join))
@example("frontend:\n  customHeaders: x.yml\n    - a # x")
def test_the_spec_stays_the_same(text):
    before = examine_spec(text.encode(), "amplify.yml")
    mended = mend(text, "amplify.yml")
    after = examine_spec(mended.text.encode(), "amplify.yml")
    if all(problem.severity == "warning" for problem in mended.problems):
        assert before.model is None or after.model == before.model
    assert len(after.problems) + len(mended.problems) <= len(before.problems) or not mended.problems
    assert sorted(c for c in text if c == "#") == sorted(c for c in mended.text if c == "#")
