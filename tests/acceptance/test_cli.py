"""What a user types and sees, verb by verb, and what bad input gives."""

import json
import re
import shutil

import pytest

from engine.cli.main import VERBS

pytestmark = pytest.mark.acceptance

LOCAL = ("--target", "local")

TEN_MISTAKES = """\
version: 1
app: Plain Site!
frontent:
  phases: {}
frontend:
  phases:
    build:
      comands: [npm run build]
    postbuild:
      commands: [echo done]
  artifacts:
    baseDirectory: ../public
    files: ['**/*']
  cache:
    path: [node_modules/**/*]
env:
  variables: [A, B]
environments:
  prod: {brunch: main}
redirects:
  - {source: /old, target: /new, status: 333}
  - {source: /only}
customHeaders:
  - pattern: "**/*"
    headers:
      - {key: X-Frame-Options}
"""


@pytest.fixture(scope="module")
def live(make_project):
    project = make_project()
    project.first = project.deploy().of("deployed")[0]
    project.write("public/index.html", "<h1>second</h1>")
    project.second = project.deploy().of("deployed")[0]
    return project


@pytest.fixture
def bare(make_project):
    """A checkout that was never deployed."""
    return make_project()


def test_ten_mistakes_are_all_named_with_their_lines(bare):
    bare.write("amplify.yml", TEN_MISTAKES)
    checked = bare.run("check", code=2)
    told = [line for line in checked.err.splitlines() if "error[" in line]
    lines = {int(match[1]) for line in told if (match := re.search(r"amplify\.yml:(\d+):", line))}
    assert lines == {2, 3, 8, 9, 12, 17, 19, 21, 22, 26}, checked.err
    assert "10 errors, 1 warning\n" in checked.out
    assert "amplify.yml:15:5: warning[foreign-key]" in checked.err
    assert "fix:" in checked.err and "did you mean" in checked.err.lower()

    deployed = bare.run("deploy", *LOCAL, code=2)
    assert [line for line in deployed.err.splitlines() if "error[" in line] == told
    assert not (bare.folder / ".windlass").exists()  # nothing was begun

    error = bare.run("deploy", *LOCAL, "--json", code=2).events[-1]
    assert (error["event"], error["code"], len(error["problems"])) == ("error", "spec", len(told))


def test_a_plan_of_what_is_not_there_leaves_nothing(bare):
    planned = bare.run("plan", *LOCAL)
    assert "organization/plain-site/prod (local)" in planned.out
    assert "create  site-bucket" in re.sub(" +", "  ", planned.out)
    assert bare.left() == []
    nothing = bare.run("releases", *LOCAL, code=10)
    assert "environment prod of plain-site is not deployed" in nothing.err
    bare.run("rollback", *LOCAL, code=10)
    assert "no environment is deployed in this state" in bare.run("status", *LOCAL).out


def test_status(live):
    (environment,) = live.run("status", *LOCAL, "--json").of("status")[0]["environments"]
    assert (environment["live"], environment["url"]) == (live.second["release"], live.url())
    row = live.run("status", *LOCAL).out.splitlines()[-1]
    assert re.fullmatch(
        rf"\s+prod\s+main\s+{live.second['release']}\s+succeeded, .* ago\s+never\s+{live.url()}", row
    )


def test_releases_newest_first(live):
    printed = live.run("releases", *LOCAL).out
    ids = re.findall(r"\b[0-9a-f]{12}\b", printed)
    assert ids == [live.second["release"], live.first["release"]]
    assert re.search(rf"live\s+{live.second['release']}", printed)


def test_resources_say_why(live):
    found = json.loads(live.run("resources", *LOCAL, "--json").out)["resources"]
    assert len(found) == 12
    assert all(resource["id"] and resource["why"] for resource in found)
    assert "site-bucket" in live.run("resources", *LOCAL).out


def test_outputs(live):
    outputs = json.loads(live.run("outputs", *LOCAL, "--json").out)
    assert outputs["url"] == live.url()
    assert live.run("outputs", "bucket", *LOCAL).out == f"{outputs['bucket']}\n"
    missing = live.run("outputs", "bukket", *LOCAL, code=10)
    assert "there is no output 'bukket'" in missing.err


def test_explain_says_where_from(live):
    printed = live.run("explain", *LOCAL).out
    assert re.search(r"environment\s+prod\s+default: branch main is prod", printed)
    assert re.search(r"app\s+plain-site\s+amplify\.yml:3", printed)
    assert re.search(r"policy\.target\s+local\s+.*local\.yaml:\d+", printed)


def test_logs(live):
    printed = live.run("logs").out
    assert "verify: done" in printed and live.second["release"] in printed
    assert live.run("logs", "--json").of("deployment-started")
    unknown = live.run("logs", "20000101T000000Z-0000", code=10)
    assert "there is no log of 20000101T000000Z-0000" in unknown.err


def test_a_plan_when_nothing_has_changed(live):
    assert "nothing to do" in live.run("plan", *LOCAL).out


def test_local(live):
    assert str(live.target.port) in live.run("local", "status").out
    assert str(live.target.port) in live.run("local", "start").out


def test_schema(live):
    schema = json.loads(live.run("schema").out)
    assert {"version", "frontend", "redirects", "environments"} <= set(schema["properties"])


def test_init_writes_a_spec_that_deploys(bare):
    (bare.folder / "amplify.yml").unlink()
    told = bare.run("deploy", *LOCAL, code=2)
    assert "amplify.yml" in told.err and "windlass init" in told.err
    bare.run("init")
    assert "nothing is wrong" in bare.run("check").out
    bare.run("init", code=2)  # what is there is not overwritten
    bare.deploy()
    assert bare.get("/").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("deplyo",), 2, "Did you mean `deploy`?"),
        (("deploy", "--project", "nowhere"), 2, "there is no folder nowhere"),
        (("deploy", "--pr", "0"), 2, "--pr"),
        (("deploy", "--target", "azure"), 2, "azure"),
        (("deploy", *LOCAL, "--env", "No Such"), 10, "'No Such' cannot be the name of an environment"),
        (("deploy", *LOCAL, "--state", "ftp://x"), 2, "ftp://x"),
        (("deploy", *LOCAL, "--var", "NOPE"), 2, "'NOPE' is not NAME=VALUE"),
        (("deploy", *LOCAL, "--secret", "NOT_SET"), 2, "NOT_SET is not set in this shell"),
        (("deploy", *LOCAL, "--app-root", "apps/none"), 2, "apps/none"),
        (("rollback", "ffffffffffff", *LOCAL), 10, "release ffffffffffff does not exist"),
        (("outputs", *LOCAL, "--env", "staging"), 10, "environment staging of plain-site is not deployed"),
        (("local", "start", "--port", "99999"), 2, "99999"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input(live, arguments, code, says):
    done = live.run(*arguments, code=code)
    assert says in done.err
    assert live.get("/").headers["x-windlass-release"] == live.second["release"]


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_verb_has_an_example(live, verb):
    assert re.search(rf"Example.*:\s+windlass {verb}", live.run(verb, "--help").out)


def test_no_git_checkout_needs_a_name(bare):
    shutil.rmtree(bare.folder / ".git")
    told = bare.run("deploy", *LOCAL, code=2)
    assert "Say --branch NAME, --pr NUMBER or --env NAME." in told.err
    bare.deploy("--branch", "main")
    assert bare.get("/").status_code == 200
