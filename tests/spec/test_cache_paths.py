"""Cache paths that lead out of the app, as real files have them."""

import pytest

from engine.spec.cache_paths import hint_for, leaves_app
from engine.spec.examine import examine_spec

FILE = """\
version: 1
frontend:
  phases: {build: {commands: [npm run build]}}
  artifacts: {baseDirectory: dist, files: ['**/*']}
  cache:
    paths:
      - node_modules/**/*
      - %s
"""


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("../node_modules/.cache/turbo", "buildPath: /"),
        ("$(npm root --global)/**/*", "npm_config_prefix"),
        ("$(pnpm store path)", "npm_config_store_dir: .pnpm-store"),
        ("~/.bun/install/cache/**/*", "BUN_INSTALL_CACHE_DIR"),
        ("${HOME}/.cache/yarn", "YARN_CACHE_FOLDER"),
        ("/root/.pnpm-store/**/*", ".pnpm-store/**/*"),
        ("/node_modules/**/*", "`node_modules/**/*`"),
        ("packages/../../x", "folder of the app"),
    ],
)
def test_each_is_a_warning_with_its_line_and_what_to_write(path, hint):
    (problem,) = examine_spec((FILE % f"'{path}'").encode(), "amplify.yml").problems
    assert (problem.rule, problem.severity) == ("cache-outside", "warning")
    assert problem.where.line == 8 and problem.key == "frontend.cache.paths[1]"
    assert hint in problem.hint


@pytest.mark.parametrize("path", ["node_modules/**/*", ".npm", "./dist/..foo", "!node_modules/.cache", "***"])
def test_what_stays_is_no_problem(path):
    assert not leaves_app(path)
    assert not examine_spec((FILE % f"'{path}'").encode(), "amplify.yml").problems


def test_an_application_of_a_monorepo_and_a_single_text():
    data = b"""\
version: 1
applications:
  - appRoot: apps/web
    frontend:
      phases: {build: {commands: [make]}}
      artifacts: {baseDirectory: dist}
      cache: {paths: ../node_modules}
"""
    (problem,) = examine_spec(data, "amplify.yml").problems
    assert problem.where.line == 7 and problem.key == "applications[0].frontend.cache.paths"


def test_a_path_above_names_no_tool():
    assert "buildPath" in hint_for("../.bun/cache")
