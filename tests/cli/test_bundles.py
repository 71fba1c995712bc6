"""``build``, ``deploy --bundle`` and ``promote`` on the command line, as far as nothing is deployed."""

import json
import subprocess
import sys

import pytest

from engine.bundle.description import NAME

SPEC = """version: 1
app: notes
frontend:
  phases: {build: {commands: ['mkdir -p out && echo "$WINDLASS_ENVIRONMENT-${#TOKEN}" > out/index.html']}}
  artifacts: {baseDirectory: out}
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "amplify.yml").write_text(SPEC)
    return folder


@pytest.fixture
def windlass(project, tmp_path):
    def run(*arguments):
        host = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TOKEN": "hunter22-hunter22"}
        line = [sys.executable, "-m", "engine.cli.main", *arguments]
        return subprocess.run(line, cwd=project, env=host, capture_output=True, text=True)

    return run


@pytest.mark.parametrize("output", ["bundle", "bundle.tar.zst", None])
@pytest.mark.parametrize("target", ["local", "aws"])
def test_a_bundle_needs_no_aws_and_no_emulator(project, windlass, output, target):
    named = ("--output", output) if output else ()
    done = windlass("build", "--env", "staging", "--target", target, "--secret", "TOKEN", "--json", *named)
    assert done.returncode == 0, done.stdout + done.stderr
    built = next(e for e in map(json.loads, done.stdout.splitlines()) if e["event"] == "built")
    assert (built["app"], built["environment"], built["files"]) == ("notes", "staging", 1)
    assert built["digest"].startswith(built["release"]) and len(built["release"]) == 12
    assert not (project / ".windlass/local/emulator.json").exists()
    if output:
        assert built["path"] == str(project / output)
    else:
        assert built["path"] == str(project / ".windlass/bundles" / built["release"])
    if not str(built["path"]).endswith("zst"):
        text = (project / built["path"] / NAME).read_text()
        assert "hunter22" not in text and '"TOKEN": ""' in text


def test_the_end_says_what_to_do_next(windlass):
    done = windlass("build", "--env", "prod", "--target", "local", "--output", "b")
    assert "next: windlass deploy --env prod --bundle" in done.stdout
    assert "prod is not deployed" in done.stdout + done.stderr


def test_nothing_is_overwritten(project, windlass):
    (project / "docs").mkdir()
    (project / "docs/mine.txt").write_text("x")
    done = windlass("build", "--env", "prod", "--target", "local", "--output", "docs")
    assert done.returncode == 2 and "is no bundle" in done.stderr
    assert not (project / "out").exists()


def test_options_of_a_build_do_not_go_with_a_bundle(windlass):
    for option in ("--rebuild", "--no-skip", "--changed-since=main"):
        done = windlass("deploy", "--bundle", "b", option)
        assert done.returncode == 2 and option.partition("=")[0] in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--from", "staging"), ("--to", "prod")])
def test_promote_wants_both_environments(windlass, arguments):
    assert windlass("promote", *arguments).returncode == 2


def test_promote_to_the_same(windlass):
    done = windlass("promote", "--from", "prod", "--to", "prod", "--target", "local")
    assert done.returncode == 2 and "Name two environments" in done.stderr
