"""``windlass env`` and ``windlass secrets`` on the command line, as far as no AWS is needed."""

import json
import subprocess
import sys

import pytest

SPEC = """version: 1
app: shop
env:
  variables: {API: https://api.example.com, VITE_TITLE: Shop, API_TOKEN: abcdefghi}
  secrets: [STRIPE_KEY]
  pull_requests: {variables: {API: https://test.example.com}}
environments: {prod: {variables: {API: https://prod.example.com}}}
frontend: {artifacts: {baseDirectory: public}}
"""


@pytest.fixture
def windlass(tmp_path):
    (tmp_path / "amplify.yml").write_text(SPEC)

    def run(*arguments, given=None, **host):
        line = [sys.executable, "-m", "engine.cli.main", *arguments]
        host = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **host}
        return subprocess.run(line, cwd=tmp_path, env=host, capture_output=True, text=True, input=given or "")

    return run


def values(done):
    found = json.loads(done.stdout)
    return found, {variable["name"]: variable for variable in found["variables"]}


def test_every_value_with_its_origin_and_where_it_goes(windlass):
    found, variables = values(windlass("env", "--env", "prod", "--json", "--var", "X=1"))
    assert variables["API"]["origin"].endswith("amplify.yml:7")
    assert [over["origin"].rpartition(":")[2] for over in variables["API"]["overrides"]] == ["4"]
    assert (variables["VITE_TITLE"]["to"], variables["X"]["origin"]) == (["build", "browser"], "--var")
    assert variables["API_TOKEN"]["value"] == "***"
    (secret,) = found["secrets"]
    assert (secret["name"], secret["to"], found["withheld"]) == ("STRIPE_KEY", ["build"], "")


def test_what_reaches_the_browser_is_the_framework_s_to_say(windlass, tmp_path):
    (tmp_path / "package.json").write_text('{"dependencies": {"next": "15"}}')
    _, variables = values(windlass("env", "--env", "prod", "--json", "--var", "NEXT_PUBLIC_X=1"))
    assert variables["VITE_TITLE"]["to"] == ["build"]
    assert variables["NEXT_PUBLIC_X"]["to"] == ["build", "browser"]


def test_secrets_of_the_call_and_of_the_login(windlass, tmp_path):
    text = SPEC.replace("prod: {variables", "prod: {basic_auth: LOGIN, variables")
    (tmp_path / "amplify.yml").write_text(text)
    found, _ = values(windlass("env", "--env", "prod", "--json", "--secret", "X", X="hunter22!"))
    assert [(secret["name"], secret["to"]) for secret in found["secrets"]] == [
        ("STRIPE_KEY", ["build"]),
        ("X", ["build"]),
        ("LOGIN", ["edge (login)"]),
    ]
    assert found["secrets"][2]["origin"].endswith("amplify.yml:7")


def test_a_closed_input(windlass, tmp_path):
    line = [sys.executable, "-m", "engine.cli.main", "secrets", "set", "KEY", "--env", "prod"]
    command = ["sh", "-c", 'exec "$@" <&-', "sh", *line]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert (done.returncode, "say --file FILE" in done.stderr) == (2, True), done.stderr


def test_for_people(windlass):
    out = windlass("env", "--env", "prod").stdout
    assert "environment, amplify.yml:7" in out and "app, amplify.yml:4" in out
    assert "(secret)" in out and "abcdefghi" not in out


def test_a_pull_request_that_may_be_of_a_fork(windlass):
    done = windlass("env", "--pr", "7")
    assert "https://test.example.com" in done.stdout
    assert "given no secrets: it is not known whether it comes from a fork" in done.stdout
    known = windlass("env", "--pr", "7", BITBUCKET_PR_ID="7")
    assert "(secret)" in known.stdout and "no secrets" not in known.stdout


def test_an_environment_that_nothing_makes(windlass):
    done = windlass("env", "--env", "prdo")
    assert done.returncode == 10 and "Did you mean --env prod?" in done.stderr


def test_explain_hides_what_looks_like_a_secret(windlass):
    done = windlass("explain", "--env", "prod")
    assert "abcdefghi" not in done.stdout and "variable API_TOKEN" in done.stdout


def test_the_map_goes_to_a_file(windlass, tmp_path):
    shown = windlass("env", "docs").stdout
    windlass("env", "docs", "--output", "map.md")
    assert (tmp_path / "map.md").read_text() == shown
    assert shown.startswith("# Environments of shop\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("set", "KEY"), 2, "Say --env NAME"),
        (("set", "KEY", "--env", "prdo"), 10, "Did you mean --env prod?"),
        (("set", "KEY", "--env", "PROD"), 10, "cannot be the name of an environment"),
        (("set", "VITE_KEY", "--env", "prod"), 2, "begins with `VITE_`"),
        (("set", "AWS_KEY", "--env", "prod"), 2, "a name AWS keeps for itself"),
        (("set", "ein-schlüssel", "--env", "prod"), 2, "no name a shell accepts"),
        (("set", "../../x", "--env", "prod"), 2, "no name a shell accepts"),
        (("set", "", "--env", "prod"), 2, "no name a shell accepts"),
        (("set", "KEY", "value-in-argv", "--env", "prod"), 2, "stays in the shell's history"),
        (("set", "KEY", "--env", "prod", "--file", "none"), 2, "No such file"),
        (("rm", "KEY"), 2, "Say --env NAME"),
        (("list", "--env", "prdo"), 10, "Did you mean --env prod?"),
    ],
)
def test_a_wrong_call_is_told_before_a_value_is_read_or_aws_is_asked(windlass, arguments, code, said):
    done = windlass("secrets", *arguments, "--target", "aws", given="a-secret-value")
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr and "a-secret-value" not in done.stderr
    assert "value-in-argv" not in done.stderr


def test_shared_secrets_need_one_place_or_a_name(windlass, tmp_path):
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks/prod.yaml").write_text("region: eu-central-1\naccount: '123456789012'\n")
    done = windlass("secrets", "set", "KEY", "--shared", given="a-secret")
    assert done.returncode == 2
    assert "prod (aws, eu-central-1, 123456789012)" in done.stderr and "--shared --env NAME" in done.stderr
