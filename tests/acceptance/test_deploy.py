"""The whole life of an environment, by the command line, and what happens behind its back."""

import json

import pytest

from engine.local.emulator import local_target
from engine.target import client

pytestmark = pytest.mark.acceptance

TEAM_POLICY = "tags: {team: web}\n"


def test_from_nothing_to_live_and_back_to_nothing(project):
    first = project.deploy().of("deployed")[0]
    front = project.get("/")
    assert (front.status_code, front.headers["x-windlass-release"]) == (200, first["release"])
    assert len(project.left_at_aws()) == 9
    assert project.destroy().of("destroyed")[0]["existed"]
    assert project.left() == []
    assert not project.destroy().of("destroyed")[0]["existed"]
    assert list((project.home / "tmp").iterdir()) == []


def test_nothing_is_done_twice(project):
    first = project.deploy().of("deployed")[0]
    again = project.deploy()
    assert (
        again.of("deployed")[0] | {"unchanged": True, "release": first["release"], "uploaded": 0}
        == (again.of("deployed")[0])
    )
    assert {event["step"] for event in again.of("step-skipped")} == {"provision", "build", "publish"}
    project.write("public/new.html", "<h1>Newer</h1>")
    changed = project.deploy()
    assert [event["step"] for event in changed.of("step-skipped")] == ["provision", "build", "prune"]
    assert project.get("/new.html").text == "<h1>Newer</h1>"


def test_a_protected_environment_goes_only_by_its_name(project):
    project.deploy()
    refused = project.run("destroy", "--target", "local", code=9)
    assert "environment prod is protected" in refused.err
    assert "windlass destroy --env prod" in refused.err
    assert project.get("/").status_code == 200


def test_a_pull_request_comes_and_goes(project):
    project.deploy("--pr", "42", "--branch", "fix")
    assert project.get("/", "pr-42").status_code == 200
    project.run("destroy", "--target", "local", "--pr", "42")
    assert project.get("/", "pr-42").status_code == 404
    assert project.left() == []


def test_a_bucket_deleted_behind_its_back_is_made_again(project):
    project.deploy()
    bucket = json.loads(project.run("outputs", "--target", "local", "--json").out)["bucket"]
    empty_and_delete(project.client("s3"), bucket)

    stuck = project.run("deploy", "--target", "local", "--rebuild", code=6)
    assert bucket in stuck.err
    assert "windlass deploy --refresh" in stuck.err

    planned = project.run("plan", "--target", "local", "--refresh", "--json").of("plan")[0]
    assert {c["name"]: c["operation"] for c in planned["changes"]}["site-bucket"] == "create"
    assert project.get("/").status_code == 404  # it was a plan

    project.deploy("--refresh")
    assert "<h1>" in project.get("/").text
    assert project.run("plan", "--target", "local", "--refresh", "--json").of("plan")[0]["changes"] == []
    project.destroy()
    assert project.left() == []


def test_a_change_of_the_policy_changes_what_is_there(project):
    project.deploy()
    project.write("stacks/prod.yaml", TEAM_POLICY)
    done = project.deploy()
    changed = {e["name"] for e in done.of("resource-changed") if e["status"] == "done"}
    assert "site-bucket" in changed
    bucket = json.loads(project.run("outputs", "--target", "local", "--json").out)["bucket"]
    tags = client(local_target(project.folder), "s3").get_bucket_tagging(Bucket=bucket)["TagSet"]
    assert {"Key": "team", "Value": "web"} in tags


def empty_and_delete(s3, bucket):
    for item in s3.list_objects_v2(Bucket=bucket)["Contents"]:
        s3.delete_object(Bucket=bucket, Key=item["Key"])
    s3.delete_bucket(Bucket=bucket)
