"""Call a function of a deployed environment, and read its answer."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.aws_errors import aws_errors

if TYPE_CHECKING:
    from engine.steps.live import Live

_TRACEBACK = "Traceback (most recent call last)"
_TIMEOUT = 910  # seconds: a function may take 15 minutes


@dataclass(frozen=True, slots=True)
class FunctionFailure:
    """How a function failed: the type and message of its error, and its trace where Lambda tells it."""

    type: str
    message: str
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invocation:
    """A call of ``function`` (``resource`` is its name at AWS): what it answered after ``seconds``, how it
    failed (None: it did not), and the last 4 KB of its log.
    """

    function: str
    resource: str
    answer: Any
    failure: FunctionFailure | None
    log: tuple[str, ...]
    seconds: float


def invoke(live: Live, name: str, payload: Any) -> Invocation:
    """Call the function ``name`` of the spec with ``payload`` and wait for its answer.

    Raises NotFoundError for a function that is not deployed, AwsError where AWS does not call it.
    """
    resource = live.function(name)
    began = time.monotonic()
    with aws_errors(f"{name} could not be called"):
        answer = _client(live).invoke(
            FunctionName=resource, Payload=json.dumps(payload).encode(), LogType="Tail"
        )
        content = answer["Payload"].read()
    told = _plain(content)
    log = tuple(base64.b64decode(answer.get("LogResult") or "").decode(errors="replace").splitlines())
    return Invocation(
        function=name,
        resource=resource,
        answer=None if answer.get("FunctionError") else told,
        failure=_failure(told, log) if answer.get("FunctionError") else None,
        log=log,
        seconds=round(time.monotonic() - began, 3),
    )


def _client(live: Live) -> Any:
    from engine.target import client

    # Never called a second time because an answer took long.
    return client(live.target, "lambda", timeout=_TIMEOUT, attempts=1)


def _plain(content: bytes) -> Any:
    try:
        return json.loads(content or b"null")
    except ValueError:
        return content.decode(errors="replace")


def _failure(told: Any, log: tuple[str, ...]) -> FunctionFailure:
    """As Lambda tells it. The embedded AWS says ``Runtime.HandlerError`` for every class of exception and has
    no trace; the log has it.
    """
    if not isinstance(told, dict):
        return FunctionFailure("Unhandled", str(told))
    trace = told.get("stackTrace") or told.get("trace") or ()
    lines = tuple(line for part in trace for line in str(part).splitlines()) or _trace_in(log)
    message = str(told.get("errorMessage", ""))
    return FunctionFailure(str(told.get("errorType") or "Unhandled"), message, lines)


def _trace_in(log: tuple[str, ...]) -> tuple[str, ...]:
    begins = [number for number, line in enumerate(log) if line.startswith(_TRACEBACK)]
    return log[begins[-1] :] if begins else ()
