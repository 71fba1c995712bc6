"""State that is kept elsewhere, and that moves to another machine."""

import asyncio
import shutil

import pytest

from engine.local.emulator import start

pytestmark = pytest.mark.acceptance

TEAM_POLICY = "tags: {team: web}\n"


def test_another_machine_goes_on_with_the_state(make_project, tmp_path):
    first = make_project()
    (tmp_path / "state").mkdir()
    first.deploy("--state", (tmp_path / "state").as_uri())
    assert not (first.folder / ".windlass/local/state").exists()
    first.stop()

    second = make_project()  # another checkout, another HOME; the emulated AWS is what both would share
    shutil.copytree(first.folder / ".windlass/local", second.folder / ".windlass/local")
    state = (tmp_path / "state").rename(tmp_path / "moved").as_uri()
    second.write("stacks/prod.yaml", TEAM_POLICY)  # so that Pulumi has something to do
    done = second.deploy("--state", state)
    assert {e["operation"] for e in done.of("resource-changed") if e["status"] == "done"} == {"update"}
    second.destroy("prod", "--state", state)
    assert second.left_at_aws() == []
    left = {file.relative_to(tmp_path / "moved").as_posix() for file in (tmp_path / "moved").rglob("*.*")}
    assert left <= {".pulumi", ".pulumi/meta.yaml", ".pulumi/meta.yaml.attrs"}


def test_a_bucket_keeps_the_state(project):
    asyncio.run(start(project.folder))
    s3 = project.client("s3")
    s3.create_bucket(Bucket="team-state")
    place = f"endpoint=127.0.0.1:{project.target.port}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1"
    state = f"s3://team-state?{place}"
    release = project.deploy("--state", state).of("deployed")[0]["release"]
    assert release in project.run("releases", "--target", "local", "--state", state).out
    keys = [item["Key"] for item in s3.list_objects_v2(Bucket="team-state")["Contents"]]
    assert ".pulumi/stacks/plain-site/prod.json" in keys
    assert not any("passphrase" in key or key.endswith("lock.json") for key in keys)
    project.write("public/new.html", "<h1>Newer</h1>")
    project.write("stacks/prod.yaml", TEAM_POLICY)
    project.deploy("--state", state)
    assert project.get("/new.html").text == "<h1>Newer</h1>"
    project.destroy("prod", "--state", state)
    left = {item["Key"] for item in s3.list_objects_v2(Bucket="team-state").get("Contents", [])}
    assert left <= {".pulumi/meta.yaml"}
    assert len(project.left()) == 1  # the bucket of the state itself
