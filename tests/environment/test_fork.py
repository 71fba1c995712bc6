"""Whether a pull request comes from a fork, as CI systems say it."""

import json

import pytest

from engine.environment.fork import fork_of_ci


@pytest.fixture
def event(tmp_path):
    def write(head, base="acme/notes", number=7):
        repositories = {
            "head": head and {"full_name": head, "fork": True},
            "base": {"full_name": base, "fork": True},
        }
        request = {"number": number} | {side: {"repo": repo} for side, repo in repositories.items()}
        (tmp_path / "event.json").write_text(json.dumps({"pull_request": request}))
        return {"GITHUB_EVENT_PATH": str(tmp_path / "event.json"), "GITHUB_REF": f"refs/pull/{number}/merge"}

    return write


@pytest.mark.parametrize(("head", "fork"), [("acme/notes", False), ("eve/notes", True), (None, True)])
def test_github_by_the_event(event, head, fork):
    assert fork_of_ci(event(head), 7) is fork
    assert fork_of_ci(event(head) | {"GITHUB_REF": "refs/heads/main"}, 7) is fork  # pull_request_target


def test_another_pull_request_than_that_of_the_job_is_not_known(event):
    assert fork_of_ci(event("acme/notes"), 8) is None


@pytest.mark.parametrize(
    "content", [None, "", "[]", "null", '{"pull_request": null}', '{"pull_request": {"number": 7}}']
)
def test_an_event_that_says_nothing(tmp_path, content):
    file = tmp_path / "event.json"
    if content is not None:
        file.write_text(content)
    found = fork_of_ci({"GITHUB_EVENT_PATH": str(file), "GITHUB_REF": "refs/pull/7/merge"}, 7)
    assert found in (None, True)


@pytest.mark.parametrize(
    ("host", "fork"),
    [
        ({}, None),
        ({"CI_MERGE_REQUEST_IID": "7"}, None),
        (
            {
                "CI_MERGE_REQUEST_IID": "7",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "1",
                "CI_MERGE_REQUEST_PROJECT_ID": "1",
            },
            False,
        ),
        (
            {
                "CI_MERGE_REQUEST_IID": "7",
                "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "2",
                "CI_MERGE_REQUEST_PROJECT_ID": "1",
            },
            True,
        ),
        ({"BITBUCKET_PR_ID": "7"}, False),
        ({"BITBUCKET_PR_ID": "8"}, None),
        (
            {
                "BUILDKITE_PULL_REQUEST": "7",
                "BUILDKITE_PULL_REQUEST_REPO": "https://github.com/acme/notes",
                "BUILDKITE_REPO": "git@github.com:acme/notes.git",
            },
            False,
        ),
        (
            {
                "BUILDKITE_PULL_REQUEST": "7",
                "BUILDKITE_PULL_REQUEST_REPO": "https://github.com/eve/notes.git",
                "BUILDKITE_REPO": "git@github.com:acme/notes.git",
            },
            True,
        ),
        ({"CHANGE_ID": "7"}, False),
        ({"CHANGE_ID": "7", "CHANGE_FORK": "eve"}, True),
    ],
)
def test_other_systems_by_their_variables(host, fork):
    assert fork_of_ci(host, 7) is fork
