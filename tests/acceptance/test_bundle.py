"""A bundle is built once and goes into one environment after the other as it is."""

import hashlib
import json
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.acceptance

ODD = [
    "a b.txt",
    "100%.txt",
    "#hash?.txt",
    "日本/é ü.txt",
    ".well-known/security.txt",
    "[slug]/(x)'!$@&+=;,.txt",
]
EXPORT = {  # as `next build` with `output: 'export'` leaves it
    "index.html": "home",
    "about.html": "about us",
    "blog/first.html": "the first",
    "docs/index.html": "the docs",
    "404.html": "not here",
    "about.txt": "payload",
}
SPEC = """version: 1
frontend:
  phases:
    build:
      commands:
        - touch built
        - {command}
  artifacts:
    baseDirectory: out
    files: ['**/*']
"""


def wants(project, command="cp -R site out"):
    project.write("amplify.yml", SPEC.format(command=json.dumps(f"rm -rf out && {command}")))
    project.write(".gitignore", "out/\nbuilt\n")
    for path, text in EXPORT.items():
        project.write(f"site/{path}", text)
    project.commit()


def build(project, environment="staging", *arguments):
    done = project.run("build", "--target", "local", "--env", environment, "--json", *arguments)
    return done.of("built")[0]


def promote(project, *arguments, code=0):
    line = ("promote", "--from", "staging", "--to", "prod", "--target", "local", "--json")
    return project.run(*line, *arguments, code=code)


def test_from_the_build_to_staging_to_prod(project):
    wants(project)
    built = build(project, "staging", "--output", "site.tar.zst")
    assert project.target is None  # nothing was started for it
    assert (built["files"], built["inlined"]) == (len(EXPORT), [])
    (project.folder / "built").unlink()

    staging = project.deploy("--env", "staging", "--bundle", "site.tar.zst")
    prod = promote(project)
    assert not (project.folder / "built").exists()
    ids = {run.of("deployed")[0]["release"] for run in (staging, prod)}
    assert ids == {built["release"]}
    for run in (staging, prod):
        assert not run.of("command-started")
        assert {"provision", "publish", "activate", "verify"} <= {e["step"] for e in run.of("step-finished")}
    assert prod.of("deployed")[0]["previous"] == ""

    for path, status, text in [
        ("/", 200, "home"),
        ("/about", 200, "about us"),
        ("/about.html", 200, "about us"),
        ("/blog/first", 200, "the first"),
        ("/docs/", 200, "the docs"),
        ("/about.txt", 200, "payload"),
        ("/nothing", 404, "not here"),
    ]:
        for environment in ("staging", "prod"):
            answer = project.get(path, environment)
            assert (environment, path, answer.status_code, answer.text) == (environment, path, status, text)
    assert project.get("/about.txt").headers["content-type"] == "text/plain; charset=utf-8"

    releases = project.run("releases", "--env", "prod", "--target", "local", "--json").of("releases")[0]
    assert [activation["kind"] for activation in releases["activations"]] == ["promote"]

    project.write("site/index.html", "home two")
    again = project.deploy("--env", "staging").of("deployed")[0]
    assert again["release"] != built["release"]
    second = promote(project).of("deployed")[0]
    assert (second["release"], second["previous"]) == (again["release"], built["release"])
    assert project.get("/").text == "home two"
    back = project.run("rollback", "--env", "prod", "--target", "local", "--json").of("rolled-back")[0]
    assert back["release"] == built["release"]
    assert project.get("/").text == "home"


def test_a_url_that_was_built_in_is_refused_by_name(project):
    wants(
        project,
        "cp -R site out && echo \"window.site='$WINDLASS_URL'\" > out/env.js && echo $API_KEY > out/key.js",
    )
    key = ("--var", "API_KEY=hunter22-hunter22")
    project.deploy("--env", "staging", *key)
    refused = json.loads(promote(project, code=9).out.splitlines()[-1])
    assert refused["message"] == "values of staging were built in that differ in prod: WINDLASS_URL, API_KEY"
    assert sorted(refused["details"]) == ["API_KEY in key.js", "WINDLASS_URL in env.js"]
    assert "--allow-inlined" in refused["hint"]
    assert project.get("/").status_code == 404  # prod is not there

    built = build(project, "staging", *key, "--output", "bundle")
    assert built["inlined"] == ["WINDLASS_URL", "API_KEY"]
    description = (project.folder / "bundle/bundle.json").read_text()
    assert "hunter22" not in description and "localhost" not in description
    assert json.loads(description)["origin"]["variables"]["API_KEY"] == ""
    same = project.deploy("--env", "staging", "--bundle", "bundle")
    assert same.of("deployed")[0]["release"] == built["release"]
    elsewhere = project.deploy("--env", "prod", "--bundle", "bundle", code=9)
    assert "WINDLASS_URL" in elsewhere.out

    allowed = promote(project, "--allow-inlined")
    assert any("WINDLASS_URL in env.js" in event["message"] for event in allowed.of("warned"))
    assert "staging" in project.get("/env.js").text


def test_a_bundle_that_was_touched_is_refused_before_anything_happens(project):
    wants(project)
    build(project, "prod", "--output", "bundle")
    project.write("bundle/files/index.html", "HOME")
    refused = project.deploy("--bundle", "bundle", code=2)
    assert "`index.html` is missing, or not what was built" in refused.out
    assert not refused.of("deployment-started")
    assert "goes with a build" in project.run("deploy", "--bundle", "bundle", "--rebuild", code=2).err


def test_odd_names_all_the_way_to_the_browser(project):
    wants(project)
    for name in ODD:
        project.write(f"site/{name}", name)
    project.deploy("--env", "staging")
    promote(project)
    for environment in ("staging", "prod"):
        for name in ODD:
            answer = project.get(f"/{quote(name)}", environment)
            assert (name, answer.status_code, answer.text) == (name, 200, name)
    project.write("site/two\nlines.txt", "x")
    refused = project.deploy("--env", "staging", code=5)
    assert "a line break or another control character" in refused.out


def test_a_large_file_goes_through(project):
    size = 200_000_000
    wants(project, "cp -R site out && head -c 200000000 /dev/zero > out/film.mp4")
    project.deploy("--env", "staging")
    promote(project)
    for environment in ("staging", "prod"):
        answer = project.get("/film.mp4", environment)
        assert (answer.status_code, len(answer.content)) == (200, size)
        assert hashlib.sha256(answer.content).digest() == hashlib.sha256(bytes(size)).digest()
