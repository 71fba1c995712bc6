"""The test phase: its exit code gates, its reports are read and kept; and what else the phases may say."""

import subprocess

import pytest

pytestmark = pytest.mark.acceptance

SPEC = """version: 1
app: plain-site
env:
  variables: {EXIT: "0"}
backend:
  phases:
    build:
      commands:
        - amplifyPush --simple
        - envCache --set BACKEND "$(envCache --get BACKEND)+"
frontend:
  phases:
    build:
      commands:
        - rm -rf out && cp -R public out
        - echo "backend $(envCache --get BACKEND)"
  artifacts: {baseDirectory: out}
test:
  phases:
    test:
      commands:
        - mkdir -p reports/shots && cp fixture.xml reports/junit.xml && echo png > 'reports/shots/a b.png'
        - (exit $EXIT)
  artifacts:
    baseDirectory: reports
    configFilePath: '**/*.xml'
    files: ['**/*.png']
"""
REPORT = """<testsuites><testsuite name="notes">
<testcase classname="notes" name="adds" time="0.1"/>
<testcase classname="notes" name="lists"><failure message="expected 1 to be 2">at x</failure></testcase>
</testsuite></testsuites>"""


@pytest.fixture(scope="module")
def live(make_project):
    project = make_project()
    project.write("amplify.yml", SPEC)
    project.write("fixture.xml", REPORT.replace('<failure message="expected 1 to be 2">at x</failure>', ""))
    project.write(".gitignore", "reports\nout\n")
    project.commit()
    project.first = project.deploy()
    yield project
    project.destroy()
    assert project.left() == []


def kept(project, done):
    folder = project.folder / ".windlass/deployments" / done.of("deployment-started")[0]["deployment"]
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_reports_are_shown_and_kept_with_the_artifacts(live):
    (report,) = live.first.of("test-report")
    assert (report["file"], report["passed"], report["failed"]) == ("junit.xml", 2, 0)
    finished = {event["step"]: event["summary"] for event in live.first.of("step-finished")}
    assert finished["test"] == "2 passed"
    assert kept(live, live.first) == ["artifacts/shots/a b.png", "reports/junit.xml"]
    assert "2 passed, 0 failed (junit.xml)" in live.run("logs", live.first.of("deployed")[0]["id"]).out


def test_a_backend_of_amplify_is_explained_and_left_out(live):
    warning = next(event for event in live.first.of("warned") if "amplifyPush" in event["message"])
    assert warning["where"].endswith("amplify.yml:9")
    assert "AMPLIFY_SKIP_BACKEND_BUILD" in warning["hint"]


def test_values_of_env_cache_reach_the_next_deployment(live):
    first, second = (live.deploy("--rebuild").of("log-line") for _ in range(2))
    (before,) = [event["text"] for event in first if event["text"].startswith("backend +")]
    assert f"{before}+" in [event["text"] for event in second]


def test_tests_that_fail_leave_what_is_live_and_say_which(live):
    before = live.get("/").headers["x-windlass-release"]
    live.write("fixture.xml", REPORT)
    live.write("public/index.html", "<!doctype html><title>never</title>")
    failed = live.deploy("--var", "EXIT=3", code=5)
    error = failed.events[-1]
    assert error["details"][:2] == ["1 passed, 1 failed", "failed: notes > lists: expected 1 to be 2"]
    assert failed.of("test-report")[0]["failures"] == [["notes > lists", "expected 1 to be 2"]]
    assert kept(live, failed) == ["artifacts/shots/a b.png", "reports/junit.xml"]
    assert not [event for event in failed.of("step-started") if event["step"] in ("publish", "activate")]
    assert live.get("/").headers["x-windlass-release"] == before
    plain = live.run("deploy", "--target", "local", "--var", "EXIT=3", code=5)
    assert "FAILED notes > lists: expected 1 to be 2" in plain.out


def test_the_exit_code_decides_and_a_report_that_says_otherwise_is_told(live):
    live.write("fixture.xml", REPORT)
    done = live.deploy("--rebuild")
    assert any("the reports name failed tests" in event["message"] for event in done.of("warned"))


def test_phases_can_be_switched_off(live):
    done = live.deploy("--rebuild", *("--var", "USER_DISABLE_TESTS=true"), *("--var", "EXIT=3"),
                       *("--var", "AMPLIFY_SKIP_BACKEND_BUILD=true"))  # fmt: skip
    skipped = {event["step"]: event["reason"] for event in done.of("step-skipped")}
    assert "USER_DISABLE_TESTS" in skipped["test"]
    assert "AMPLIFY_SKIP_BACKEND_BUILD" in skipped["backend-build"]
    assert {event["section"] for event in done.of("command-started")} == {"frontend"}


def test_a_commit_that_asks_for_it_is_not_deployed(live):
    live.write("public/index.html", "<!doctype html><title>later</title>")
    git(live, "commit", "-qam", "Change the title\n\nNot yet. [skip-cd]")
    done = live.deploy("--branch", "main")
    assert [event["step"] for event in done.of("step-skipped")] == ["deploy"]
    assert "[skip-cd]" in done.of("deployed")[0]["skipped"]
    assert "later" not in live.get("/").text
    assert "[skip-cd]" in live.run("deploy", "--target", "local").out
    live.deploy("--no-skip")
    assert "later" in live.get("/").text


def git(project, *arguments):
    subprocess.run(
        ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", *arguments],
        cwd=project.folder,
        env=project.host,
        check=True,
    )
