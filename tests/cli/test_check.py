"""``windlass check``: forms of its output, exit codes, what it mends."""

import json

import pytest
from click.testing import CliRunner

from engine.cli.main import cli

SPEC = """\
version: 1
frontend:
  phases:
    build: {commands: [npm ci, npm run build]}
  artifacts:
    baseDirectory: build # the site
"""
PACKAGE = {
    "scripts": {"build": "vite build"},
    "devDependencies": {"vite": "7.3.8"},
    "engines": {"node": ">=4"},
}


@pytest.fixture
def folder(tmp_path):
    """An app whose output folder is another (a warning), and with an import in the wrong case (an error)."""
    (tmp_path / "amplify.yml").write_text(SPEC)
    (tmp_path / "package.json").write_text(json.dumps(PACKAGE))
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "main.js").write_text("import './button'\n")
    (tmp_path / "Button.js").write_text("")
    return tmp_path


@pytest.fixture
def check(folder):
    def _check(*options):
        return CliRunner().invoke(cli, ["check", "-C", str(folder), *options])

    return _check


def test_for_people(check):
    done = check()
    assert done.exit_code == 2
    assert "main.js:1: error[import-case]: `./button` is imported, and the file is `Button.js`" in done.stderr
    assert "amplify.yml:6: warning[output-folder]" in done.stderr
    assert done.stdout == "1 error, 1 warning\n"


def test_for_programs(check):
    done = check("--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (2, "")
    assert [problem["rule"] for problem in found["problems"]] == ["output-folder", "import-case"]
    assert (found["silenced"], found["mended"]) == ([], 0)


def test_for_code_scanning_and_people_at_once(check):
    done = check("--sarif")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["version"] == "2.1.0"
    assert "error[import-case]" in done.stderr
    assert "1 error, 1 warning" in done.stderr


def test_fix_leaves_code_alone(check, folder):
    done = check("--fix")
    assert done.exit_code == 2
    assert "mended" in done.stdout
    assert "baseDirectory: dist # the site" in (folder / "amplify.yml").read_text()
    assert (folder / "main.js").read_text() == "import './button'\n"


def test_fix_sources(check, folder):
    done = check("--fix-sources")
    assert done.exit_code == 0
    assert done.stdout.endswith("nothing is wrong\n")
    assert (folder / "main.js").read_text() == "import './Button'\n"


def test_strict_and_silenced(check, folder):
    (folder / "Button.js").rename(folder / "button.js")
    assert check().exit_code == 0
    assert check("--strict").exit_code == 2
    silence = "check: {ignore: [{rule: output-folder, reason: a plugin moves it}]}\n"
    (folder / "amplify.yml").write_text(SPEC + silence)
    done = check("--strict", "--fix")
    assert (done.exit_code, done.stdout) == (0, "0 errors, 0 warnings, 1 silenced\n")
    assert "build # the site" in (folder / "amplify.yml").read_text()


def test_the_rules(check):
    assert "import-case " in check("--list").stdout
    said = check("--explain", "import-case").stdout
    assert all(word in said for word in ("error", "why:", "fix:", "Linux"))


def test_a_rule_that_is_not_there(check):
    done = check("--explain", "imports-case")
    assert done.exception.exit_code == 2
    assert done.exception.hint == "Did you mean import-case?"


def test_without_a_file(tmp_path):
    done = CliRunner().invoke(cli, ["check", "-C", str(tmp_path)])
    assert done.exception.exit_code == 2
