"""AWS's host names on this machine."""

import pytest

from engine.local.aws_hosts import is_for_browsers, led_to_aws, with_api_path


def scope(path, raw=None):
    headers = [(b"host", b"localhost:4610"), (b"x-amz-date", b"20261125T000000Z")]
    return {"type": "http", "path": path, "raw_path": (raw or path).encode(), "headers": headers}


def test_the_host_of_the_path_is_asked_with_the_very_path_and_headers():
    host = "files.s3.us-east-1.amazonaws.com"
    led = led_to_aws(scope(f"/~aws/{host}/private/a b.png", f"/~aws/{host}/private/a%20b.png"))
    assert led["headers"] == [(b"host", host.encode()), (b"x-amz-date", b"20261125T000000Z")]
    assert (led["path"], led["raw_path"]) == ("/private/a b.png", b"/private/a%20b.png")


@pytest.mark.parametrize("path", ["/", "/~aws", "/~aws/", "/~aws/evil.example/", "/x/~aws/s3.amazonaws.com/"])
def test_anything_else_is_left_alone(path):
    assert led_to_aws(scope(path)) is None


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("cognito-idp.eu-central-1.amazonaws.com", True),
        ("s3.us-east-1.amazonaws.com", True),
        ("my.files.s3.amazonaws.com", True),
        ("a1.appsync-api.us-east-1.amazonaws.com", True),
        ("notes.auth.us-east-1.amazoncognito.com", True),
        ("lambda.us-east-1.amazonaws.com", False),
        ("s3.evil.example", False),
        ("evil-amazonaws.com", False),
    ],
)
def test_only_what_browsers_call(host, known):
    assert is_for_browsers(host) is known


def test_an_api_answers_all_its_paths_itself():
    asked = {**scope("/health", "/health"), "headers": [(b"host", b"a1b2.execute-api.localhost:4610")]}
    led = with_api_path(asked)
    assert led["path"] == "/$default/health"
    assert led["raw_path"] == b"/$default/health"
    assert with_api_path(scope("/health")) == scope("/health")
