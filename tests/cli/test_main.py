"""The command line: help with examples, exit codes, never a traceback."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from engine.cli.main import VERBS, cli

LOCAL_VERBS = ("start", "stop", "status", "reset")


def windlass(*arguments, cwd=None):
    command = [sys.executable, "-m", "engine.cli.main", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb):
    done = CliRunner().invoke(cli, [verb, "--help"])
    assert done.exit_code == 0
    assert f"windlass {verb}" in done.output


@pytest.mark.parametrize("verb", LOCAL_VERBS)
def test_so_have_the_verbs_of_local(verb):
    done = CliRunner().invoke(cli, ["local", verb, "--help"])
    assert done.exit_code == 0
    assert f"windlass local {verb}" in done.output


def test_the_help_names_every_verb():
    output = CliRunner().invoke(cli, ["--help"]).output
    assert all(f"  {verb} " in output for verb in VERBS)


def test_a_verb_that_is_not_there():
    done = windlass("depoly")
    assert done.returncode == 2
    assert "Did you mean `deploy`?" in done.stderr


def test_a_folder_that_is_not_there(tmp_path):
    done = windlass("explain", "--project", str(tmp_path / "none"))
    assert done.returncode == 2
    assert "there is no folder" in done.stderr


def test_no_spec_names_the_way_out(tmp_path):
    done = windlass("explain", "--branch", "main", cwd=tmp_path)
    assert done.returncode == 2
    assert "windlass init" in done.stderr
    assert "Traceback" not in done.stderr


def test_errors_as_json(tmp_path):
    done = windlass("status", "--json", "--project", str(tmp_path))
    error = json.loads(done.stdout.splitlines()[-1])
    assert (error["event"], error["exit_code"]) == ("error", 2)


def test_an_environment_that_is_not_deployed(tmp_path):
    (tmp_path / "amplify.yml").write_text(
        "version: 1\napp: notes\nfrontend: {artifacts: {baseDirectory: .}}\n"
    )
    done = windlass("releases", "--env", "prod", "--target", "local", cwd=tmp_path)
    assert done.returncode == 10
    assert "prod of notes is not deployed" in done.stderr


def test_the_schema_is_json():
    schema = json.loads(CliRunner().invoke(cli, ["schema"]).output)
    assert {"frontend", "environments", "redirects"} <= set(schema["properties"])


def test_check_counts_and_fails(tmp_path):
    (tmp_path / "amplify.yml").write_text("version: 1\nfrontendd: {}\n")
    done = windlass("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "amplify.yml:2" in done.stderr
    assert "frontend" in done.stderr


def test_explain_says_where_values_come_from(tmp_path):
    text = "version: 1\napp: notes\nenv:\n  variables:\n    A: b\nfrontend: {artifacts: {baseDirectory: .}}\n"
    (tmp_path / "amplify.yml").write_text(text)
    done = windlass("explain", "--branch", "feature/x", "--json", cwd=tmp_path)
    values = {v["key"]: v for v in json.loads(done.stdout)["values"]}
    assert values["policy"]["value"] == "preview"
    assert values["app"]["origin"].endswith("amplify.yml:2")
    assert values["variable A"]["origin"].endswith("amplify.yml:5")
    assert values["policy.ttl_days"]["origin"].split("stacks/")[1].startswith("preview.yaml:")


def test_check_mends_and_says_what(tmp_path):
    file = tmp_path / "amplify.yml"
    text = "version: 1\nfrontend:\n  artifacts: {baseDirectory: .}\n  preBuild: # why\n    commands: [a]\n"
    file.write_text(text)
    done = windlass("check", "--fix", cwd=tmp_path)
    assert done.returncode == 0
    assert "mended amplify.yml:4" in done.stdout
    assert "    preBuild: # why\n      commands: [a]\n" in file.read_text()
    assert windlass("check", cwd=tmp_path).stdout == "nothing is wrong\n"


def test_explain_a_key(tmp_path):
    (tmp_path / "amplify.yml").write_text("version: 1\nredirects:\n- {source: /a, target: /b, status: 301}\n")
    done = windlass("explain", "redirects.status", cwd=tmp_path)
    assert done.returncode == 0
    for said in (
        "200, 301, 302, 404, 404-200",
        "302",
        "in the console",
        "redirects[0].status  301  amplify.yml:3",
    ):
        assert said in done.stdout
    assert "redirects.source" in windlass("explain", "redirects", cwd=tmp_path).stdout
    asked = json.loads(windlass("explain", "redirects.status", "--json", cwd=tmp_path).stdout)
    assert (asked["event"], asked["doc"]["key"], asked["values"][0]["value"]) == (
        "key",
        "redirects.status",
        "301",
    )


def test_explain_a_key_that_is_not_there(tmp_path):
    done = windlass("explain", "redirect.status", cwd=tmp_path)
    assert done.returncode == 2
    assert "redirects.status" in done.stderr


@pytest.mark.parametrize(
    ("asked", "said"), [((), "Say whose data"), (("--env", "prod"), "Nobody can be asked here")]
)
def test_data_is_deleted_only_by_name_and_when_somebody_agrees(tmp_path, asked, said):
    (tmp_path / "amplify.yml").write_text("version: 1\n")
    done = CliRunner().invoke(cli, ["destroy", "-C", str(tmp_path), "--delete-data", *asked])
    assert done.exit_code == 2
    assert said in done.output
