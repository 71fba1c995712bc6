import pytest

from engine.verify.backend import (
    api_bad_token,
    api_public,
    api_with_token,
    api_without_token,
    sign_in,
    storage,
)
from engine.verify.backend.api import endpoints, signed
from engine.verify.backend.model import Credentials

FUNCTION = {"source": "f", "handler": "a.b", "runtime": "python3.12"}


def spec(*keys, authorizer="auth"):
    return {
        "functions": {"work": FUNCTION},
        "api": {"rest": {"authorizer": authorizer, "routes": dict.fromkeys(keys, "work")}},
    }


@pytest.mark.parametrize(
    ("key", "method", "path"),
    [
        ("GET /notes", "GET", "/notes"),
        ("ANY /notes/{id}/x", "GET", "/notes/windlass-check/x"),
        ("DELETE /{path+}", "DELETE", "/windlass-check"),
        ("$default", "GET", "/"),
    ],
)
def test_a_route_is_asked_for_by_a_path_that_it_answers(make_visit, key, method, path):
    (found,) = endpoints(make_visit(spec(key)), "auth")
    assert (found.method, found.path) == (method, path)


def test_only_routes_of_the_kind_are_asked(make_visit):
    visit = make_visit(spec("GET /a", authorizer="none"))
    assert endpoints(visit, "auth", "iam") == []
    assert api_without_token.check(visit) is None
    assert api_bad_token.check(visit) is None


def test_a_public_route_that_writes_is_never_asked_for(make_visit):
    assert api_public.check(make_visit(spec("POST /a", authorizer="none"))) is None


@pytest.mark.parametrize("slot", [sign_in, storage, api_with_token, api_public, api_without_token])
def test_what_the_spec_does_not_have_is_not_checked(make_visit, slot):
    assert slot.check(make_visit({"queues": {"jobs": {}}})) is None


def test_a_request_is_signed_for_the_api(make_visit):
    visit = make_visit(spec("GET /a", authorizer="iam"), outputs={"api_rest_url": "https://x.example.com"})
    (endpoint,) = endpoints(visit, "iam")
    headers = signed(visit, endpoint, Credentials("me", "KEY", "SECRET", "TOKEN"))
    assert "KEY/" in headers["Authorization"]
    assert "/us-east-1/execute-api/" in headers["Authorization"]
    assert headers["X-Amz-Security-Token"] == "TOKEN"
