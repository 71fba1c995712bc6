"""A build that fails stops everything, says what and where, and leaves what is live alone."""

import pytest

pytestmark = pytest.mark.acceptance

FRONTEND = """version: 1
app: plain-site
frontend:
  phases:
    build:
      commands:
        - rm -rf out && cp -R public out
        - {command}
  artifacts: {{baseDirectory: {folder}}}
"""
TEST = """test:
  phases:
    test:
      commands:
        - echo '1 of 3 tests failed' && exit 1
"""


@pytest.fixture(scope="module")
def live(make_project):
    project = make_project()
    project.deploy()
    yield project
    project.destroy()
    assert project.left() == []


@pytest.fixture
def unharmed(live):
    """What is live is the same after the test as before it."""
    before = live.get("/").headers["x-windlass-release"], live.get("/").text, releases(live)
    yield
    assert (live.get("/").headers["x-windlass-release"], live.get("/").text, releases(live)) == before


def releases(project):
    return project.run("releases", "--target", "local").out


def test_a_command_that_fails(live, unharmed):
    live.write("amplify.yml", FRONTEND.format(command="node build.js", folder="out"))
    live.write("build.js", 'console.log("compiling");\nthrow new Error("no such module: ./missing");\n')
    failed = live.run("deploy", "--target", "local", code=5)
    assert "amplify.yml:8: frontend build failed: `node build.js` ended with exit code 1" in failed.err
    assert "| Error: no such module: ./missing" in failed.err
    error = live.deploy(code=5).events[-1]
    assert (error["event"], error["code"], error["exit_code"]) == ("error", "build", 5)
    assert error["where"].endswith("amplify.yml:8")


def test_tests_that_fail(live, unharmed):
    live.write("amplify.yml", FRONTEND.format(command="true", folder="out") + TEST)
    failed = live.run("deploy", "--target", "local", code=5)
    assert "amplify.yml:14" in failed.err
    assert "| 1 of 3 tests failed" in failed.err


def test_an_output_folder_that_is_not_there(live, unharmed):
    live.write("amplify.yml", FRONTEND.format(command="true", folder="dist"))
    failed = live.run("deploy", "--target", "local", code=5)
    assert "amplify.yml:9" in failed.err
    assert "baseDirectory" in failed.err and "out" in failed.err


def test_a_link_that_leaves_the_app(live, unharmed):
    live.write("amplify.yml", FRONTEND.format(command="ln -s /etc/passwd out/users.txt", folder="out"))
    failed = live.run("deploy", "--target", "local", code=5)
    assert "users.txt" in failed.err


def test_no_process_of_a_failed_build_stays(live, unharmed):
    live.write("amplify.yml", FRONTEND.format(command="(sleep 600 &) ; exit 7", folder="out"))
    live.run("deploy", "--target", "local", code=5)
    assert not [p for p in live.processes() if p.name() == "sleep"]
