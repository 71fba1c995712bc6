"""A deployment that is killed or interrupted: what is live stays whole, the next one finishes the job."""

import re
import time

import pytest

pytestmark = pytest.mark.acceptance

SPEC = """version: 1
app: plain-site
frontend:
  phases: {build: {commands: [sleep 0.2]}}
  artifacts: {baseDirectory: public}
"""
PAGES = 150


@pytest.fixture(scope="module")
def live(make_project):
    """A project with something live, which is destroyed in the end."""
    project = make_project()
    project.write("amplify.yml", SPEC)
    project.deploy()
    yield project
    project.destroy()
    assert project.left() == []


def publish_pages(project, text):
    """Change many files, the front page among them."""
    project.write("public/index.html", f"<h1>{text}</h1>")
    for number in range(PAGES):
        project.write(f"public/pages/{number}.html", f"<p>{text} {number}</p>")


@pytest.mark.parametrize(
    ("kind", "fields", "kill"),
    [
        ("command-started", {"section": "frontend"}, "kill"),
        ("progress", {"step": "publish"}, "kill_tree"),
        ("step-started", {"step": "activate"}, "kill"),
        ("activated", {}, "kill_tree"),
    ],
    ids=["build", "publish", "activate", "activated"],
)
def test_killed_after_provisioning(live, kind, fields, kill):
    before, text = live.get("/").text, f"killed at {kind}"
    publish_pages(live, text)
    verb = live.begin_deploy()
    verb.until(kind, **fields)
    assert getattr(verb, kill)().code == -9
    now = live.get("/").text
    assert now == f"<h1>{text}</h1>" if kind == "activated" else before
    done = live.deploy()
    assert live.get("/").text == f"<h1>{text}</h1>"
    assert live.get("/pages/7.html").text == f"<p>{text} 7</p>"
    assert re.search(
        rf"live +{done.of('deployed')[0]['release']}", live.run("releases", "--target", "local").out
    )


def test_a_rollback_after_a_kill_right_after_the_switch(live):
    before = live.get("/").text
    publish_pages(live, "switched and killed")
    verb = live.begin_deploy()
    verb.until("activated")
    verb.kill()
    assert live.get("/").text == "<h1>switched and killed</h1>"
    live.run("rollback", "--target", "local")
    assert live.get("/").text == before


@pytest.mark.parametrize(
    ("at", "kill"),
    [
        ("site-bucket running", "kill"),
        ("site-bucket running", "kill_tree"),
        ("edge-distribution running", "kill_tree"),
        ("site-policy done", "power_cut"),
    ],
)
def test_killed_while_provisioning(project, at, kill):
    name, status = at.split()
    verb = project.begin_deploy()
    verb.until("resource-changed", name=name, status=status)
    if kill == "power_cut":
        project.kill_emulator()
    assert getattr(verb, "kill" if kill == "kill" else "kill_tree")().code == -9
    done = project.deploy()
    assert any("removed a lock left by" in warning["message"] for warning in done.of("warned"))
    assert project.get("/").status_code == 200
    assert len(project.left_at_aws()) == 9
    project.destroy()
    assert project.left() == []


def test_killed_as_provisioning_begins(project):
    verb = project.begin_deploy()
    verb.until("step-started", step="provision")
    time.sleep(0.7)  # the CLI is on its way
    verb.kill()
    project.deploy()
    project.destroy()
    assert project.left() == []


def test_killed_while_destroying(project):
    project.deploy()
    verb = project.begin("destroy", "--target", "local", "--env", "prod")
    verb.until("resource-changed", operation="delete", status="done")
    verb.kill_tree()
    project.destroy()
    assert project.left() == []


def test_killed_while_provisioning_and_then_destroyed(project):
    verb = project.begin_deploy()
    verb.until("resource-changed", name="edge-distribution", status="running")
    verb.kill_tree()
    project.destroy()
    assert project.left() == []


def test_ctrl_c_while_provisioning_stops_in_order(project):
    verb = project.begin_deploy()
    verb.until("resource-changed", name="site-bucket", status="running")
    verb.interrupt()
    stopped = verb.finish()
    assert stopped.code == 130
    notes = [event["message"] for event in stopped.of("note")]
    assert notes == ["stopping: what has begun is finished first; press Ctrl-C again to stop at once"]
    assert stopped.events[-1]["code"] == "cancelled"
    assert project.processes() == [p for p in project.processes() if "emulator" in " ".join(p.cmdline())]
    done = project.deploy()
    assert done.of("warned") == []  # nothing was left behind
    project.destroy()
    assert project.left() == []


def test_ctrl_c_twice_stops_at_once(project):
    verb = project.begin_deploy()
    verb.until("resource-changed", name="site-bucket", status="running")
    verb.interrupt()
    verb.until("note")
    began = time.monotonic()
    verb.interrupt()
    stopped = verb.finish()
    assert time.monotonic() - began < 3
    assert stopped.code == 130
    assert stopped.of("note")[-1]["message"] == "stopping at once"
    project.deploy()
    assert project.get("/").status_code == 200
    project.destroy()
    assert project.left() == []


def test_ctrl_c_while_building_ends_the_build(project):
    project.write("amplify.yml", SPEC.replace("sleep 0.2", "sleep 600"))
    verb = project.begin_deploy()
    verb.until("command-started")
    verb.interrupt()
    assert verb.finish().code == 130
    assert not [p for p in project.processes() if p.name() == "sleep"]
    project.write("amplify.yml", SPEC)
    project.deploy()
