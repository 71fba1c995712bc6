import contextvars

import pytest

from engine.local.emulator import origins
from engine.local.emulator.sent import as_sent


def in_a_request(work):
    return contextvars.Context().run(work)


def test_a_function_chooses_another_origin_of_the_distribution():
    behavior = {"target_origin_id": "site"}
    match = origins.remembering(lambda parsed, path: behavior if path == "/" else None)

    def request():
        assert match({"origins": {"site": {}, "api": {}}}, "/") is behavior
        origins.choose("api")

    in_a_request(request)
    assert behavior == {"target_origin_id": "api"}


@pytest.mark.parametrize("path", ["/", "/no-behavior"])
def test_an_origin_that_is_not_there_is_an_error_of_the_function(path):
    from ministack.services.cloudfront import CloudFrontFunctionError

    match = origins.remembering(lambda parsed, path: {} if path == "/" else None)

    def request():
        match({"origins": {"site": {}}}, path)
        origins.choose("api")

    with pytest.raises(CloudFrontFunctionError, match="no origin api"):
        in_a_request(request)


def test_a_response_comes_with_the_request_as_it_was_sent():
    def build(event_type, uri):
        return {"context": {"eventType": event_type}, "request": {"uri": uri}}

    patched = as_sent(build)

    def request():
        patched("viewer-request", "/as/sent")
        return patched("viewer-response", "/releases/x")["request"]["uri"]

    assert in_a_request(request) == "/as/sent"
    assert in_a_request(lambda: patched("viewer-response", "/alone"))["request"]["uri"] == "/alone"
