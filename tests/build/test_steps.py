from __future__ import annotations

import pytest

from engine.build.steps import Step, steps_of, where_of
from engine.spec.load import load_spec
from engine.spec.model import Spec

YAML = """\
version: 1
env:
  variables:
    _BUILD_TIMEOUT: 10
frontend:
  phases:
    preBuild:
      commands:
        - npm ci
        - |
          echo one
          echo two
    build:
      commands: npm run build
  artifacts:
    baseDirectory: dist
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("frontend.phases.preBuild.commands[1]", 10),
        ("frontend.phases.build.commands[0]", 14),
        ("frontend.artifacts.baseDirectory", 16),
        ("frontend.cache.paths[3]", 5),
        ("env.variables._BUILD_TIMEOUT", 4),
    ],
)
def test_a_place_is_that_of_the_key_or_of_the_nearest_above(tmp_path, key, line):
    (tmp_path / "amplify.yml").write_text(YAML)
    spec = load_spec(tmp_path).spec
    assert str(where_of(spec, key)) == f"{spec.file}:{line}"


def test_the_key_of_a_step_is_one_that_the_spec_has(tmp_path):
    (tmp_path / "amplify.yml").write_text(YAML)
    spec = load_spec(tmp_path).spec
    keys = [step.key for step in steps_of(spec, "frontend")]
    assert keys[:2] == [f"frontend.phases.preBuild.commands[{n}]" for n in (0, 1)]
    assert all(key in spec.lines for key in keys[:2])


def test_without_a_file_there_is_no_place():
    assert where_of(Spec(app="demo"), "frontend") is None


def test_a_title_is_one_line():
    assert Step("frontend", "build", 0, "\nif true\nthen").title == "if true …"
    assert Step("frontend", "build", 0, "").title == ""
