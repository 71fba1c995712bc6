import base64
import io
import json

import pytest

from engine import invoke as module
from engine.invoke import FunctionFailure, invoke


class Live:
    target = None

    def function(self, name):
        return f"wl-{name}"


@pytest.fixture
def call(monkeypatch):
    """A function that calls one that answers with ``payload``, and gives the invocation."""

    def called(payload, *, error=None, log=""):
        class Lambda:
            def invoke(self, **asked):
                assert (asked["FunctionName"], json.loads(asked["Payload"])) == ("wl-work", {"a": 1})
                told = {"Payload": io.BytesIO(payload), "LogResult": base64.b64encode(log.encode()).decode()}
                return told | ({"FunctionError": error} if error else {})

        monkeypatch.setattr(module, "_client", lambda live: Lambda())
        return invoke(Live(), "work", {"a": 1})

    return called


@pytest.mark.parametrize(("payload", "answer"), [(b'{"b": 2}', {"b": 2}), (b"", None), (b"plain", "plain")])
def test_the_answer_is_given_as_values(call, payload, answer):
    done = call(payload, log="one\ntwo\n")
    assert (done.answer, done.failure, done.log) == (answer, None, ("one", "two"))


def test_a_failure_as_aws_tells_it(call):
    told = {"errorType": "KeyError", "errorMessage": "'x'", "stackTrace": ['  File "a.py", line 3\n    x\n']}
    done = call(json.dumps(told).encode(), error="Unhandled")
    assert done.answer is None
    assert done.failure == FunctionFailure("KeyError", "'x'", ('  File "a.py", line 3', "    x"))


def test_a_failure_of_node_as_aws_tells_it(call):
    told = {"errorType": "Error", "errorMessage": "no", "trace": ["Error: no", "    at handler"]}
    done = call(json.dumps(told).encode(), error="Unhandled")
    assert done.failure == FunctionFailure("Error", "no", ("Error: no", "    at handler"))


def test_a_failure_without_a_trace_has_it_from_the_log(call):
    told = {"errorType": "Runtime.HandlerError", "errorMessage": "'x'"}
    log = "before\nTraceback (most recent call last):\n  File\nKeyError: 'x'\n"
    done = call(json.dumps(told).encode(), error="Unhandled", log=log)
    assert done.failure.trace == ("Traceback (most recent call last):", "  File", "KeyError: 'x'")
