"""The environment of the commands, made from scratch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.folders import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.environment.model import PullRequest
    from engine.spec.model import Spec

# What a command may know of the host: where programs and certificates are, which language, which proxy, which
# registry. Never credentials of AWS or Pulumi, and never anything that is not named here.
_ALLOWED = re.compile(
    r"PATH|LANG|LC_[A-Z]+|TERM|TZ|TMPDIR"
    r"|(HTTP|HTTPS|NO|ALL)_PROXY|(http|https|no|all)_proxy"
    r"|SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|PIP_CERT"
    r"|PIP_((EXTRA_)?INDEX_URL|TRUSTED_HOST|DEFAULT_TIMEOUT|CONFIG_FILE)"
    r"|NPM_TOKEN|(npm_config|NPM_CONFIG)_.+|COREPACK_[A-Z_]+"
)
_SECRET = re.compile(r"TOKEN|SECRET|PASSW|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL|_AUTH$", re.IGNORECASE)
_PASSWORD_IN_URL = re.compile(r"//[^/@\s:]*:([^/@\s]+)@")
_DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class BuildContext:
    """What a deployment tells the build about itself.

    ``job`` counts the deployments of the environment, ``url`` is where the environment will answer,
    ``deployment`` the deployment's id. Empty texts stand for "not known" and set no variable.
    """

    app: str
    branch: str
    environment: str
    deployment: str
    job: int = 1
    commit: str = ""
    url: str = ""
    region: str = ""
    clone_url: str = ""
    pull_request: PullRequest | None = None


def build_environment(
    host: Mapping[str, str],
    spec: Spec,
    context: BuildContext,
    outputs: Mapping[str, str],
    variables: Mapping[str, str],
    scratch: Path,
) -> dict[str, str]:
    """The whole environment of the commands; later ones win.

    1. from ``host``: PATH, LANG, LC_*, TERM, TZ, TMPDIR, proxies, certificate files, NPM_TOKEN, npm_config_*,
       COREPACK_*, pip's index; nothing else, so no credentials of AWS or Pulumi, and no NODE_OPTIONS;
    2. ``HOME``, a folder in ``scratch``, with npm's user config and download cache still those of the host;
       ``CI=true``; ``AWS_EC2_METADATA_DISABLED=true``, so that no SDK finds the role of the machine;
    3. Amplify's (https://docs.aws.amazon.com/amplify/latest/userguide/amplify-console-environment-variables.html),
       see :func:`amplify_variables`;
    4. Windlass's own, see :func:`windlass_variables`;
    5. ``variables``: the backend's, those of :func:`engine.environment.variables.variables_of`, and secrets.

    ``outputs`` are the stack's. Raises UsageError for a name or value in ``variables`` that no environment
    takes.
    """
    _check(variables)
    return {
        **passed_on(host),
        "HOME": str(scratch / "home"),
        "CI": "true",
        "AWS_EC2_METADATA_DISABLED": "true",
        **amplify_variables(spec, context),
        **windlass_variables(context, outputs),
        **variables,
    }


def passed_on(host: Mapping[str, str]) -> dict[str, str]:
    """What of ``host`` a build and its tools may know: 1. of :func:`build_environment`, and npm's files."""
    allowed = {name: value for name, value in host.items() if _ALLOWED.fullmatch(name)}
    return {"PATH": _DEFAULT_PATH, **allowed, **_npm_variables(host)}


def amplify_variables(spec: Spec, context: BuildContext) -> dict[str, str]:
    """The variables that Amplify documents, as far as they have a meaning here.

    AWS_APP_ID is the app's name; AWS_BRANCH the branch, or ``pr-<number>`` for a pull request; AWS_JOB_ID ten
    digits; AWS_COMMIT_ID, AWS_CLONE_URL and AWS_PULL_REQUEST_ID, _SOURCE_BRANCH and _DESTINATION_BRANCH as
    there; AWS_REGION and AWS_DEFAULT_REGION come from CodeBuild, on which Amplify runs
    (https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html);
    AMPLIFY_MONOREPO_APP_ROOT is set where the spec names an ``appRoot``. AWS_BRANCH_ARN is not set: there is
    no Amplify app that it could name.
    """
    request = context.pull_request
    found = {
        "AWS_APP_ID": context.app,
        "AWS_BRANCH": f"pr-{request.number}" if request else context.branch,
        "AWS_CLONE_URL": context.clone_url,
        "AWS_COMMIT_ID": context.commit,
        "AWS_JOB_ID": f"{context.job:010d}",
        "AWS_PULL_REQUEST_ID": str(request.number) if request else "",
        "AWS_PULL_REQUEST_SOURCE_BRANCH": request.source if request else "",
        "AWS_PULL_REQUEST_DESTINATION_BRANCH": request.destination if request else "",
        "AWS_REGION": context.region,
        "AWS_DEFAULT_REGION": context.region,
        "AMPLIFY_MONOREPO_APP_ROOT": spec.app_root,
    }
    return {name: value for name, value in found.items() if value}


def windlass_variables(context: BuildContext, outputs: Mapping[str, str]) -> dict[str, str]:
    """WINDLASS=1, WINDLASS_URL, WINDLASS_ENVIRONMENT, WINDLASS_DEPLOYMENT, WINDLASS_OUTPUT_<NAME>.

    The name of an output is written in capitals with ``_``: ``bucketName`` is WINDLASS_OUTPUT_BUCKET_NAME.
    """
    found = {
        "WINDLASS": "1",
        "WINDLASS_URL": context.url,
        "WINDLASS_ENVIRONMENT": context.environment,
        "WINDLASS_DEPLOYMENT": context.deployment,
    }
    known = {name: value for name, value in found.items() if value}
    return known | {f"WINDLASS_OUTPUT_{_capitals(name)}": value for name, value in outputs.items()}


def secret_values(variables: Mapping[str, str]) -> tuple[str, ...]:
    """The values that are secrets by the name of their variable, and the passwords in URLs, to be masked."""
    return tuple(dict.fromkeys(_secrets(variables)))


def _secrets(variables: Mapping[str, str]) -> Iterator[str]:
    for name, value in variables.items():
        if _SECRET.search(name):
            yield value
        yield from _PASSWORD_IN_URL.findall(value)


def _npm_variables(host: Mapping[str, str]) -> dict[str, str]:
    # npm reads its variables in any case (https://docs.npmjs.com/cli/using-npm/config#environment-variables).
    named = {name.lower() for name in host}
    found = {}
    home = host.get("HOME")
    if home and Path(home, ".npmrc").is_file() and "npm_config_userconfig" not in named:
        found["NPM_CONFIG_USERCONFIG"] = str(Path(home, ".npmrc"))
    if "npm_config_cache" not in named:
        found["npm_config_cache"] = str(cache_folder(host) / "npm")
    return found


def _capitals(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"[^A-Za-z0-9]+", "_", words).upper()


def _check(variables: Mapping[str, str]) -> None:
    for name, value in variables.items():
        if not name or "=" in name or "\0" in name + value:
            raise UsageError(f"`{name}` cannot be a build variable", hint="write `--var NAME=value`")
