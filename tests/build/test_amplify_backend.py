from __future__ import annotations

import os
import subprocess

import pytest

from engine.build.amplify_backend import backend_deploys, without_backend_deploys
from engine.build.steps import steps_of
from engine.errors import BuildError
from engine.spec.model import Spec

HOST = {"PATH": os.environ["PATH"]}
AMPX = "npx ampx pipeline-deploy --branch $AWS_BRANCH --app-id $AWS_APP_ID"


def spec(*backend: str, frontend: tuple[str, ...] = ()) -> Spec:
    def phases(commands: tuple[str, ...]) -> dict:
        return {"phases": {"build": {"commands": list(commands)}}}

    return Spec.model_validate({"app": "demo", "backend": phases(backend), "frontend": phases(frontend)})


@pytest.mark.parametrize(
    "command",
    [
        "amplifyPush --simple",
        "amplifyPush",
        AMPX,
        "npx --prefix amplify ampx pipeline-deploy --branch main",
        "npx --yes ampx@latest generate outputs --app-id x",
        "pnpm exec ampx pipeline-deploy",
        "yarn ampx pipeline-deploy",
        "CI=1 npx ampx sandbox --once",
        "amplify pull --appId d3kw --envName dev --yes",
        "npx @aws-amplify/cli push",
    ],
)
def test_a_command_that_deploys_a_backend_is_found(command):
    (found,) = backend_deploys(spec("npm ci", command))
    assert found.step.index == 1
    assert found.alone


@pytest.mark.parametrize(
    "command",
    [
        "if [ -d amplify ]; then npx ampx pipeline-deploy; fi",
        "cd backend && npx ampx pipeline-deploy --branch x",
        "npm ci\nnpx ampx pipeline-deploy\nls",
    ],
)
def test_one_inside_of_a_longer_command_is_found_and_stays(command, tmp_path):
    events = []
    assert [found.alone for found in backend_deploys(spec(command))] == [False]
    assert without_backend_deploys(spec(command), tmp_path, HOST, events.append) == spec(command)
    assert "will fail if the command comes to it" in events[0].message


@pytest.mark.parametrize(
    "command",
    [
        "# amplifyPush --simple",
        "'# Execute Amplify CLI with the helper script'",
        "npm i -g @aws-amplify/cli",
        "npx ampx --version",
        "echo run ampx pipeline-deploy yourself",
        "cat amplify/team-provider-info.json",
        "npm run amplify-push",
        "cp amplify_outputs.json src/",
    ],
)
def test_others_are_left_alone(command):
    assert backend_deploys(spec(command)) == ()


def test_it_becomes_a_comment_and_everything_else_keeps_its_place(tmp_path):
    events = []
    wanted = spec(
        "npm ci", AMPX, "echo after", frontend=("npx ampx generate outputs --branch x", "npm run build")
    )
    made = without_backend_deploys(wanted, tmp_path, HOST, events.append)
    assert [step.command for step in steps_of(made, "backend-build")] == [
        "npm ci",
        f"# left out: {AMPX}",
        "echo after",
    ]
    assert steps_of(made, "frontend")[0].command.startswith("# left out: npx ampx generate")
    assert [event.message.split("`")[1] for event in events] == [
        "npx ampx pipeline-deploy",
        "npx ampx generate",
    ]
    assert "amplify_outputs.json" in events[0].hint and "AMPLIFY_SKIP_BACKEND_BUILD" in events[0].hint


@pytest.fixture
def app(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.ts").write_text('import outputs from "../amplify_outputs.json"\n')
    subprocess.run(["git", "init", "-q", tmp_path], check=True, env=HOST)
    return tmp_path


def test_sources_that_read_what_is_not_there_are_told_before_anything_runs(app):
    with pytest.raises(BuildError, match=r"`npx ampx pipeline-deploy` .* `src/main.ts` reads") as caught:
        without_backend_deploys(spec(AMPX), app, HOST, print)
    assert "commit the amplify_outputs.json" in caught.value.hint


def test_with_the_outputs_committed_or_the_backend_skipped_it_goes_on(app):
    events = []
    assert without_backend_deploys(spec(AMPX), app, HOST, events.append, skip_backend=True) == spec(AMPX)
    assert events == []
    (app / "amplify_outputs.json").write_text("{}")
    assert without_backend_deploys(spec(AMPX), app, HOST, events.append) != spec(AMPX)


def test_the_backends_own_sources_do_not_count(app):
    (app / "src/main.ts").unlink()
    (app / "amplify").mkdir()
    (app / "amplify/backend.ts").write_text("// writes amplify_outputs.json\n")
    events = []
    without_backend_deploys(spec(AMPX), app, HOST, events.append)
    assert len(events) == 1
