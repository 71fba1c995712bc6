import pytest

from engine.errors import NotFoundError
from engine.logs.group import log_group, log_groups
from engine.logs.model import LogEntry
from engine.provision.checkpoint import Resource


def group(name):
    return Resource("aws:cloudwatch/logGroup:LogGroup", name, f"/aws/{name}", f"urn::{name}", {})


GROUPS = (
    group("functions-notes-api-logs"),
    group("api-rest-logs"),
    Resource("aws:lambda/function:Function", "functions-notes-api", "x", "urn", {}),
)


def test_functions_are_named_as_in_the_spec_and_apis_with_their_kind():
    assert log_groups(GROUPS) == {
        "api.rest": "/aws/api-rest-logs",
        "notes-api": "/aws/functions-notes-api-logs",
    }
    assert log_group(GROUPS, "notes-api") == "/aws/functions-notes-api-logs"


def test_another_name_is_refused_with_those_there_are():
    with pytest.raises(NotFoundError) as error:
        log_group(GROUPS, "notes")
    assert "api.rest, notes-api" in error.value.hint


@pytest.mark.parametrize(
    ("message", "platform"),
    [
        ("START RequestId: 1 Version: $LATEST", True),
        ("REPORT RequestId: 1\tDuration: 2 ms", True),
        ("INIT_START Runtime Version: python:3.12", True),
        ("STARTED", False),
        ("REPORT of the day", False),
    ],
)
def test_what_lambda_writes_is_told_from_what_a_function_does(message, platform):
    assert LogEntry(0, "a", message).platform is platform
