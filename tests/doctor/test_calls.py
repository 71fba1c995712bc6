"""Where each command runs, as far as it can be told."""

import pytest


@pytest.mark.parametrize(
    ("commands", "folders"),
    [
        (["npm ci"], {"npm": ""}),
        (["cd web", "npm ci"], {"npm": "web"}),
        (["cd web && cd ../api && npm ci"], {"npm": "api"}),
        (["cd ./web/", "npm ci"], {"npm": "web"}),
        (["cd web", "cd ..", "npm ci"], {"npm": ""}),
        (["cd $X", "npm ci"], {"npm": None}),
        (["cd ..", "npm ci"], {"npm": None}),
        (["cd", "npm ci"], {"npm": None}),
        (["(cd web)", "npm ci"], {"npm": None}),
        (["pushd web", "npm ci", "popd"], {"npm": None}),
        (["npm --prefix web ci"], {"npm": "web"}),
        (["pnpm -C web build"], {"pnpm": "web"}),
        (["yarn --cwd=web build"], {"yarn": "web"}),
    ],
)
def test_folders(project, spec, commands, folders):
    (app,) = project({"amplify.yml": spec(*commands)}).apps
    assert {c.words[0]: c.folder for c in app.calls if c.words[0] in folders} == folders


def test_sections_begin_anew(project):
    text = """
        version: 1
        applications:
          - appRoot: web
            backend: {phases: {build: {commands: [cd api, pwd]}}}
            frontend: {buildPath: /, phases: {build: {commands: [pwd]}}}
            test: {phases: {test: {commands: [pwd]}}}
    """
    (app,) = project({"amplify.yml": text, "web/a": ""}).apps
    assert [call.folder for call in app.calls if call.words == ("pwd",)] == ["web/api", "", ""]


@pytest.mark.parametrize(
    ("command", "alone"),
    [("npm ci", True), ("npm ci && true", True), ("npm ci || true", False), ("if a; then npm ci; fi", False)],
)
def test_whose_failure_ends_the_build(project, spec, command, alone):
    (app,) = project({"amplify.yml": spec(command)}).apps
    assert {call.alone for call in app.calls} == {alone}
