"""Whether a pull request comes from a fork: somebody from outside may have written what is built."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.environment.git import pull_request_of_ci

if TYPE_CHECKING:
    from collections.abc import Mapping


def fork_of_ci(host: Mapping[str, str], number: int) -> bool | None:
    """Whether pull request ``number`` is of a fork, as the CI system says; None where it does not say.

    What is not sure counts as a fork wherever that matters.
    """
    if pull_request_of_ci(host) != number and not _event(host, number):
        return None
    answers = (ask(host, number) for ask in (_github, _gitlab, _bitbucket, _buildkite, _jenkins))
    return next((answer for answer in answers if answer is not None), None)


def _github(host: Mapping[str, str], number: int) -> bool | None:
    """The event says which repositories it goes between. ``head.repo.fork`` would not do: it tells whether
    that repository is a fork of anything. Without a repository, it was deleted, so it was another.

    https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request
    """
    request = _event(host, number)
    if not request:
        return None
    head, base = (_name(request.get(side)) for side in ("head", "base"))
    return not head or head != base


def _gitlab(host: Mapping[str, str], _: int) -> bool | None:
    """https://docs.gitlab.com/ci/variables/predefined_variables/"""
    source, target = host.get("CI_MERGE_REQUEST_SOURCE_PROJECT_ID"), host.get("CI_MERGE_REQUEST_PROJECT_ID")
    return source != target if source and target else None


def _bitbucket(host: Mapping[str, str], _: int) -> bool | None:
    """Pipelines run only for pull requests from within the repository.

    https://support.atlassian.com/bitbucket-cloud/docs/pipeline-start-conditions/
    """
    return False if host.get("BITBUCKET_PR_ID") else None


def _buildkite(host: Mapping[str, str], _: int) -> bool | None:
    """https://buildkite.com/docs/pipelines/configure/environment-variables"""
    source, target = host.get("BUILDKITE_PULL_REQUEST_REPO"), host.get("BUILDKITE_REPO")
    return _repository(source) != _repository(target) if source and target else None


def _jenkins(host: Mapping[str, str], _: int) -> bool | None:
    """``CHANGE_FORK`` is set for a fork alone
    (https://www.jenkins.io/doc/book/pipeline/multibranch/#additional-environment-variables).
    """
    return bool(host.get("CHANGE_FORK")) if host.get("CHANGE_ID") else None


def _event(host: Mapping[str, str], number: int) -> dict[str, Any]:
    """The pull request of GitHub's event, if it is the one of that number."""
    try:
        event = json.loads(Path(host["GITHUB_EVENT_PATH"]).read_bytes())
        request = event["pull_request"]
        return dict(request) if request["number"] == number else {}
    except (KeyError, OSError, ValueError, TypeError):
        return {}


def _name(side: Any) -> str:
    repository = side.get("repo") if isinstance(side, dict) else None
    return str(repository.get("full_name", "")) if isinstance(repository, dict) else ""


def _repository(url: str) -> str:
    """Owner and name in an address, of https or of ssh."""
    return "/".join(re.split(r"[/:]", url.removesuffix("/").removesuffix(".git"))[-2:]).lower()
