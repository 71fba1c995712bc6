"""Secrets reach the build that asks for them, and nothing else: no log, argument, state, file or bundle."""

import base64
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

WINDLASS = Path(sys.executable).with_name("windlass")

pytestmark = pytest.mark.acceptance

VALUE = 'hünter/22+ & co="x"'
FORMS = {
    VALUE.encode(),
    json.dumps(VALUE)[1:-1].encode(),
    quote(VALUE, safe="").encode(),
    # Wherever it begins in a longer text; the ends depend on what stands beside it.
    *(base64.b64encode(b"x" * n + VALUE.encode())[4:-4] for n in range(3)),
}
SPEC = """version: 1
app: {app}
env:
  secrets: [STRIPE_KEY]
frontend:
  phases:
    build:
      commands:
        - rm -rf out && cp -R public out
        - {command}
  artifacts: {{baseDirectory: out}}
"""
# Shows it in every way, in the shell and in programs with arguments and files of their own, for a second.
USE = r"""
echo "it is $STRIPE_KEY"; printf %s "$STRIPE_KEY" | base64 -w0; echo
node -e 'console.log(encodeURIComponent(process.env.STRIPE_KEY), JSON.stringify(process.env))'
printf %s "$STRIPE_KEY" | sha256sum | cut -c1-8 > out/proof.txt
ps axww -o args; sleep 1
"""


@pytest.fixture
def shop(make_project):
    """A site whose build asks for STRIPE_KEY and runs a command."""
    project = make_project()

    def wants(command=USE, **files):
        spec = SPEC.format(app=project.folder.name, command=json.dumps(command))
        project.write("amplify.yml", spec)
        project.write(".gitignore", "out/\n")
        for name, text in files.items():
            project.write(f"public/{name}.txt", text)
        project.commit()

    project.wants = wants
    wants()
    return project


def keep(project, value=VALUE, *, environment="prod", name="STRIPE_KEY", code=0):
    """Set a secret, its value on the input."""
    line = ("secrets", "set", name, "--env", environment, "--target", "local", "--json")
    from_input = subprocess.run(
        [str(WINDLASS), *line],
        cwd=project.folder,
        env=project.host,
        input=value,
        text=True,
        capture_output=True,
    )
    assert from_input.returncode == code, from_input.stdout + from_input.stderr
    return json.loads(from_input.stdout.splitlines()[-1])


class Watch:
    """Looks at the arguments of every process of this machine, as often as it can."""

    def __init__(self):
        self.seen, self._over = set(), threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self):
        while not self._over.wait(0.01):
            for process in psutil.process_iter():
                try:
                    self.seen.add("\0".join(process.cmdline()))
                except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                    continue

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


def holding(data):
    return [form for form in FORMS if form in data]


def files_holding(*folders):
    """The files that hold the secret; the store itself is not counted."""
    files = [
        file for folder in folders for file in folder.rglob("*") if file.is_file() and not file.is_symlink()
    ]
    return [str(file) for file in files if file.name != "ssm.json" and holding(file.read_bytes())]


def test_a_secret_is_nowhere_but_in_the_build(shop):
    assert keep(shop)["change"] == "created"
    with Watch() as watch:
        done = shop.deploy()
    assert any("sleep" in line for line in watch.seen)
    assert holding("\n".join(watch.seen).encode(errors="surrogateescape")) == []

    proof = (
        subprocess.run(["sha256sum"], input=VALUE.encode(), capture_output=True, check=True)
        .stdout[:8]
        .decode()
    )
    assert shop.get("/proof.txt").text.strip() == proof
    lines = [event["text"] for event in done.of("log-line") if event["step"] == "build"]
    assert "it is ***" in lines
    assert sum("***" in line for line in lines) >= 3
    assert holding((done.out + done.err).encode()) == []

    assert holding((shop.folder / ".windlass/local/aws/state/ssm.json").read_bytes())  # it can be found
    assert files_holding(shop.folder, shop.home) == []
    assert list(shop.folder.rglob("*.jsonl")) and (shop.folder / ".windlass/local/state/.pulumi").is_dir()
    s3 = shop.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        objects = s3.list_objects_v2(Bucket=bucket["Name"]).get("Contents", [])
        assert objects
        for found in objects:
            content = s3.get_object(Bucket=bucket["Name"], Key=found["Key"])["Body"].read()
            assert holding(content) == [], found["Key"]


def test_another_value_builds_again_and_the_same_does_not(shop):
    keep(shop)
    shop.deploy()
    assert shop.deploy().of("deployed")[0]["unchanged"]
    assert keep(shop, "another-value")["change"] == "changed"
    assert not shop.deploy().of("deployed")[0]["unchanged"]


def test_one_that_is_not_set_is_told_before_anything_is_done(shop):
    done = shop.deploy("--env", "staging", code=3)
    error = done.events[-1]
    assert error["message"] == "the secret STRIPE_KEY is not set for staging"
    assert error["where"].endswith("amplify.yml:4")
    assert "windlass secrets set STRIPE_KEY --env staging --target local" in error["hint"]
    assert not done.of("step-started") or {e["step"] for e in done.of("step-started")} == {"local"}
    shop.run("destroy", "--target", "local", "--env", "staging")


def test_no_pull_request_of_a_fork_is_given_it(shop):
    shop.wants('echo "have ${STRIPE_KEY:-nothing}"')
    keep(shop, environment="preview")

    def printed(*arguments):
        done = shop.deploy("--pr", "7", *arguments)
        said = next(event["text"] for event in done.of("log-line") if event["text"].startswith("have"))
        return said, [event["message"] for event in done.of("warned") if "no secrets" in event["message"]]

    said, (warning,) = printed()
    assert said == "have nothing" and "not known whether it comes from a fork" in warning
    assert printed("--no-fork") == ("have ***", [])
    event = {
        "pull_request": {
            "number": 7,
            "head": {"repo": {"full_name": "eve/x"}},
            "base": {"repo": {"full_name": "a/x"}},
        }
    }
    (shop.home / "event.json").write_text(json.dumps(event))
    shop.host["GITHUB_EVENT_PATH"] = str(shop.home / "event.json")
    said, (warning,) = printed()
    assert said == "have nothing" and "it comes from a fork" in warning


def test_a_preview_takes_its_own_secrets_with_it(shop):
    shop.wants("true")
    keep(shop, environment="preview")
    shop.deploy("--pr", "8", "--no-fork")
    keep(shop, environment="pr-8", name="OWN")
    shop.destroy("pr-8")
    listed = shop.run("secrets", "list", "--target", "local", "--json").events[-1]
    assert [(secret["name"], secret["scope"]) for secret in listed["secrets"]] == [("STRIPE_KEY", "preview")]


@pytest.mark.parametrize("encoded", ["$STRIPE_KEY", '$(printf %s "$STRIPE_KEY" | base64 -w0)'])
def test_a_secret_in_the_output_stops_before_anything_is_public(shop, encoded):
    shop.wants("true")
    keep(shop)
    live = shop.deploy().of("deployed")[0]["release"]
    shop.wants(f'printf "one\\n%s" "x = {encoded}" > out/app.js')
    done = shop.deploy(code=9)
    error = done.events[-1]
    assert error["where"] == f"{shop.folder}/out/app.js:2:5"
    assert "the secret STRIPE_KEY is in files that would be public" in error["message"]
    assert not {"publish", "activate"} & {event["step"] for event in done.of("step-started")}
    assert holding(done.out.encode()) == []
    assert shop.get("/app.js").status_code == 404
    assert shop.run("releases", "--target", "local", "--json").of("releases")[0]["live"] == live
    assert shop.run("build", "--target", "local", "--json", code=9).events[-1]["code"] == "guard"


def test_nor_does_a_bundle_or_a_release_with_it_go_anywhere(shop):
    shop.wants("true", leak=VALUE)
    keep(shop, "something-else", environment="staging")
    shop.run("build", "--target", "local", "--env", "staging", "--output", "bundle.tar.zst")
    shop.deploy("--env", "staging", "--bundle", "bundle.tar.zst")
    keep(shop)
    refused = shop.deploy("--env", "prod", "--bundle", "bundle.tar.zst", code=9).events[-1]
    assert refused["where"] == "leak.txt:1:1"
    line = ("promote", "--from", "staging", "--to", "prod", "--target", "local", "--json")
    refused = shop.run(*line, code=9).events[-1]
    assert refused["where"] == "leak.txt:1:1"
    assert shop.get("/leak.txt").status_code == 404
    assert shop.get("/leak.txt", "staging").status_code == 200


def test_values_from_a_file_and_too_large_ones(shop):
    shop.write("key.pem", "line one\nline two\n")
    target = ("--env", "prod", "--target", "local", "--json")
    shop.run("secrets", "set", "PEM", "--file", "key.pem", *target)
    shop.write("big.txt", "x" * 4097)
    done = shop.run("secrets", "set", "PEM", "--file", "big.txt", *target, code=2)
    assert "has 4,097 bytes; SSM Parameter Store takes 4,096" in done.out
    ssm = shop.client("ssm")
    name = f"/windlass/{shop.folder.name}/prod/PEM"
    found = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]
    assert (found["Value"], found["Type"], found["Version"]) == ("line one\nline two", "SecureString", 1)
    removed = shop.run("secrets", "rm", "PEM", *target).events[-1]
    assert (removed["change"], removed["path"]) == ("removed", name)
    assert shop.run("secrets", "rm", "PEM", *target, code=10).events[-1]["code"] == "not-found"


def test_a_terminal_is_asked_twice_and_shows_nothing(shop):
    pty = pytest.importorskip("pty")
    shop.run("local", "start")
    line = [str(WINDLASS), "secrets", "set", "ASKED", "--env", "prod", "--target", "local"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(shop.folder)
        os.execve(line[0], line, shop.host)
    shown = b""
    for question in (b"Value of ASKED: ", b"The same again: "):
        while not shown.endswith(question):
            shown += os.read(terminal, 1)
        os.write(terminal, b"typed-by-hand\n")
    try:
        while more := os.read(terminal, 4096):
            shown += more
    except OSError:  # the other side is closed
        pass
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, shown
    os.close(terminal)
    assert b"typed-by-hand" not in shown and b"created ASKED of prod" in shown
    name = f"/windlass/{shop.folder.name}/prod/ASKED"
    assert (
        shop.client("ssm").get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
        == "typed-by-hand"
    )


def test_a_build_alone_fetches_what_it_asks_for_from_where_it_is(shop):
    keep(shop)
    shop.run("local", "stop")
    done = shop.run("build", "--target", "local", "--json")
    assert "it is ***" in [event["text"] for event in done.of("log-line")]
    given = shop.run("build", "--target", "local", "--secret", "STRIPE_KEY", "--json", code=2)
    assert "STRIPE_KEY is not set in this shell" in given.err
