"""What git says about the checkout, and what a CI system says where git cannot."""

from __future__ import annotations

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Checkout:
    """Branch, commit and remote of a checkout; empty strings where unknown."""

    branch: str = ""
    commit: str = ""
    message: str = ""
    author: str = ""
    remote: str = ""
    dirty: bool = False


# Variables that hold the branch, in the order they are asked: of a pull request first.
_BRANCH_VARIABLES = (
    "GITHUB_HEAD_REF",  # https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    "GITHUB_REF_NAME",
    "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",  # https://docs.gitlab.com/ci/variables/predefined_variables/
    "CI_COMMIT_BRANCH",
    "BITBUCKET_BRANCH",  # https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
    "BUILDKITE_BRANCH",
    "CIRCLE_BRANCH",
    "BRANCH_NAME",  # Jenkins
)

_QUESTIONS = (
    ("log", "-1", "--format=%H%n%ae%n%s"),
    ("symbolic-ref", "--short", "-q", "HEAD"),
    ("config", "--get", "remote.origin.url"),
    ("status", "--porcelain", "--untracked-files=no", "."),
)


def checkout(folder: Path, host: Mapping[str, str]) -> Checkout:
    """Ask git about ``folder``; a folder that is in no checkout gives empty values, never an error."""
    with ThreadPoolExecutor(len(_QUESTIONS)) as pool:
        answers = pool.map(lambda question: _git(folder, host, *question), _QUESTIONS)
    head, branch, remote, changes = answers
    commit, author, message = (*head.split("\n", 2), "", "", "")[:3]
    return Checkout(
        branch=branch or _branch_of_ci(host),
        commit=commit,
        author=author,
        message=message,
        remote=_without_password(remote),
        dirty=bool(commit and changes),
    )


def asked_to_skip(folder: Path, host: Mapping[str, str]) -> bool:
    """Whether the message of the checked out commit ends with ``[skip-cd]``.

    GitHub checks pull requests out as a merge it made itself, so there the commit merged in counts as well.
    """
    commits = (
        ("HEAD", "HEAD^2") if re.fullmatch(r"refs/pull/\d+/merge", host.get("GITHUB_REF", "")) else ("HEAD",)
    )
    messages = (_git(folder, host, "log", "-1", "--format=%B", commit, "--") for commit in commits)
    return any(message.lower().endswith("[skip-cd]") for message in messages)


def pull_request_of_ci(host: Mapping[str, str]) -> int | None:
    """The number of the pull request that the CI system builds, if any."""
    for variable in ("CI_MERGE_REQUEST_IID", "BITBUCKET_PR_ID", "BUILDKITE_PULL_REQUEST", "CHANGE_ID"):
        if host.get(variable, "").isdigit():
            return int(host[variable])
    github = re.fullmatch(r"refs/pull/(\d+)/merge", host.get("GITHUB_REF", ""))
    return int(github[1]) if github else None


def _branch_of_ci(host: Mapping[str, str]) -> str:
    return next((host[name] for name in _BRANCH_VARIABLES if host.get(name)), "")


def _git(folder: Path, host: Mapping[str, str], *arguments: str) -> str:
    environment = {k: host[k] for k in ("PATH", "HOME", "LANG") if k in host}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            env={**environment, "GIT_OPTIONAL_LOCKS": "0"},
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _without_password(url: str) -> str:
    return re.sub(r"(?<=://)[^/@]*@", "", url)
