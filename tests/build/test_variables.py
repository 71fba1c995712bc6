from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.build.variables import BuildContext, build_environment, secret_values
from engine.environment.model import PullRequest
from engine.errors import UsageError
from engine.spec.model import Spec

SCRATCH = Path("/scratch")
CONTEXT = BuildContext(
    app="notes",
    branch="main",
    environment="prod",
    deployment="d-1",
    job=42,
    commit="abc123",
    url="https://notes.example.com/",
    region="eu-west-1",
)


def made(host=None, *, spec=None, context=CONTEXT, outputs=None, variables=None):
    spec = spec or Spec(app="notes")
    return build_environment(host or {}, spec, context, outputs or {}, variables or {}, SCRATCH)


def test_only_what_is_allowed_comes_from_the_host():
    allowed = {
        "PATH": "/bin",
        "LC_ALL": "C.UTF-8",
        "https_proxy": "http://proxy",
        "NPM_CONFIG_REGISTRY": "https://registry",
        "npm_config_cache": "/npm",
        "NPM_TOKEN": "token",
        "COREPACK_NPM_REGISTRY": "https://registry",
        "NODE_EXTRA_CA_CERTS": "/ca.pem",
    }
    refused = {
        "AWS_ACCESS_KEY_ID": "AKIA",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_SESSION_TOKEN": "token",
        "AWS_PROFILE": "admin",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2",
        "PULUMI_ACCESS_TOKEN": "token",
        "PULUMI_CONFIG_PASSPHRASE": "pass",
        "NODE_OPTIONS": "--inspect",
        "BASH_ENV": "/evil",
        "BASH_FUNC_npm%%": "() { :; }",
        "GITHUB_TOKEN": "token",
        "LD_PRELOAD": "/evil.so",
    }
    found = made({**allowed, **refused, "HOME": "/nowhere"})
    assert {name: found[name] for name in allowed} == allowed
    assert not found.keys() & refused.keys()
    assert found["HOME"] == "/scratch/home"


@given(st.dictionaries(st.text(min_size=1, max_size=30), st.just("leaked"), max_size=5))
def test_names_nobody_thought_of_stay_out(host):
    found = made(host)
    assert not [n for n in found if found[n] == "leaked" and n.startswith(("AWS_", "PULUMI_"))]
    assert found["CI"] == "true"


def test_npm_keeps_the_users_config_and_cache(tmp_path):
    found = made({"HOME": str(tmp_path)})
    assert found["npm_config_cache"] == str(tmp_path / ".cache/windlass/npm")
    assert "NPM_CONFIG_USERCONFIG" not in found
    (tmp_path / ".npmrc").write_text("")
    assert made({"HOME": str(tmp_path)})["NPM_CONFIG_USERCONFIG"] == str(tmp_path / ".npmrc")
    named = {"HOME": str(tmp_path), "npm_config_userconfig": "/u", "NPM_CONFIG_CACHE": "/c"}
    kept = made(named)
    assert "NPM_CONFIG_USERCONFIG" not in kept and "npm_config_cache" not in kept


def test_amplify_and_windlass_variables():
    found = made(outputs={"bucketName": "b-1", "edge-url": "https://x"})
    assert found["AWS_APP_ID"] == "notes"
    assert found["AWS_BRANCH"] == "main"
    assert found["AWS_JOB_ID"] == "0000000042"
    assert found["AWS_COMMIT_ID"] == "abc123"
    assert found["AWS_REGION"] == found["AWS_DEFAULT_REGION"] == "eu-west-1"
    assert found["WINDLASS_URL"] == "https://notes.example.com/"
    assert (found["WINDLASS"], found["WINDLASS_ENVIRONMENT"], found["WINDLASS_DEPLOYMENT"]) == (
        "1",
        "prod",
        "d-1",
    )
    assert (found["WINDLASS_OUTPUT_BUCKET_NAME"], found["WINDLASS_OUTPUT_EDGE_URL"]) == ("b-1", "https://x")
    assert not [name for name in found if name.startswith("AWS_PULL_REQUEST")]
    assert "AMPLIFY_MONOREPO_APP_ROOT" not in found


def test_a_pull_request_is_named_as_amplify_does():
    context = BuildContext("notes", "fix", "pr-7", "d", pull_request=PullRequest(7, "fix", "main"))
    found = made(context=context)
    assert (found["AWS_BRANCH"], found["AWS_PULL_REQUEST_ID"]) == ("pr-7", "7")
    assert found["AWS_PULL_REQUEST_SOURCE_BRANCH"] == "fix"
    assert found["AWS_PULL_REQUEST_DESTINATION_BRANCH"] == "main"


def test_the_variables_win_over_windlass_and_the_host():
    spec = Spec(app="notes", app_root="apps/web")
    found = made({"NODE_OPTIONS": "host"}, spec=spec, variables={"CI": "false", "NODE_OPTIONS": "-r x"})
    assert (found["CI"], found["NODE_OPTIONS"]) == ("false", "-r x")
    assert found["AMPLIFY_MONOREPO_APP_ROOT"] == "apps/web"


@pytest.mark.parametrize("name", ["", "A=B", "A\0"])
def test_names_that_no_environment_takes_are_refused(name):
    with pytest.raises(UsageError):
        made(variables={name: "x"})


def test_secrets_are_told_by_their_names_and_places():
    variables = {
        "NPM_TOKEN": "npm-1",
        "npm_config__auth": "auth-1",
        "STRIPE_SECRET_KEY": "sk-1",
        "HTTPS_PROXY": "http://user:proxy-1@host:80",
        "PATH": "/bin",
    }
    assert secret_values(variables) == ("npm-1", "auth-1", "sk-1", "proxy-1")
