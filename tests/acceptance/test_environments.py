"""Two environments of one app, deployed at the same moment, share nothing."""

import json

import pytest

pytestmark = pytest.mark.acceptance

SPEC = """
version: 1
app: plain-site
frontend:
  phases:
    build:
      commands:
        - rm -rf out && cp -R public out
        - echo "$AWS_BRANCH $WINDLASS_ENVIRONMENT $WINDLASS_URL" > out/who.txt
  artifacts: {baseDirectory: out}
"""


def test_two_branches_at_once_share_nothing(project):
    project.write("amplify.yml", SPEC)
    branches = ("feature/x", "feature-x")  # whose names nearly are the same
    running = [project.begin_deploy("--branch", branch) for branch in branches]
    done = {branch: verb.finish() for branch, verb in zip(branches, running, strict=True)}
    assert {branch: result.code for branch, result in done.items()} == dict.fromkeys(branches, 0)

    names = {branch: result.of("deployed")[0]["environment"] for branch, result in done.items()}
    assert len(set(names.values())) == 2
    for branch, name in names.items():
        assert project.get("/who.txt", name).text == f"{branch} {name} {project.url(name)}\n"
    one, other = ({r["id"] for r in resources(project, name)} for name in names.values())
    assert one and other and not one & other

    status = project.run("status", "--target", "local", "--json").of("status")[0]
    assert {e["branch"]: e["environment"] for e in status["environments"]} == names

    goes, stays = names["feature/x"], names["feature-x"]
    project.destroy(goes)
    assert project.get("/who.txt", goes).status_code == 404
    assert project.get("/who.txt", stays).text.startswith("feature-x ")
    assert {r["id"] for r in resources(project, stays)} == other
    project.destroy(stays)
    assert project.left() == []


def resources(project, environment):
    printed = project.run("resources", "--target", "local", "--env", environment, "--json").out
    return json.loads(printed)["resources"]
