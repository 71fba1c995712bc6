"""One deployment at a time: a lock of a living process is respected, that of a dead one is removed."""

import getpass
import re
import socket
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.acceptance

WAITING = """version: 1
app: plain-site
frontend:
  phases: {build: {commands: ['while [ ! -e go ]; do sleep 0.05; done']}}
  artifacts: {baseDirectory: public}
"""


@pytest.fixture
def waiting(project):
    """A project whose build waits for the file `go`."""
    project.write("amplify.yml", WAITING)
    project.write(".gitignore", "go\n")
    return project


def test_a_living_one_is_respected(waiting):
    first = waiting.begin_deploy()
    id_ = first.until("deployment-started")["deployment"]
    first.until("command-started")
    process = rf"process {first.process.pid}, deployment {id_}"
    owner = rf"{getpass.getuser()} on {re.escape(socket.gethostname())} \({process}\)"
    since = time.strftime("%Y-%m-%d") + r" \d\d:\d\d:\d\d"

    for verb in (("deploy",), ("rollback",), ("destroy", "--env", "prod")):
        refused = waiting.run(*verb, "--target", "local", code=8)
        assert re.search(rf"error\[locked\]: .* is locked by {owner} since {since}", refused.err)
        assert "next: Wait until it is done" in refused.err
    assert re.search(owner, waiting.run("status", "--target", "local").out)

    waiting.write("go", "")
    assert first.finish().code == 0
    assert waiting.get("/").status_code == 200
    waiting.deploy("--rebuild")


def about_locks(done):
    return [warning for warning in done.of("warned") if "lock" in warning["message"]]


def test_a_dead_one_is_removed(waiting):
    first = waiting.begin_deploy()
    first.until("command-started")
    first.kill()
    waiting.write("go", "")
    done = waiting.deploy()
    (warning,) = about_locks(done)
    assert re.fullmatch(
        rf"removed a lock left by .* \(process {first.process.pid}, deployment .*\) since .*, which is gone",
        warning["message"],
    )
    assert about_locks(waiting.deploy()) == []


def test_a_process_id_that_was_used_again_holds_no_lock(waiting):
    first = waiting.begin_deploy()
    first.until("command-started")
    first.kill()
    (lock,) = (waiting.folder / ".windlass/local/state").rglob("lock.json")
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        lock.write_text(lock.read_text().replace(str(first.process.pid), str(other.pid)))
        waiting.write("go", "")
        waiting.deploy()
        other.communicate(b"\n")
