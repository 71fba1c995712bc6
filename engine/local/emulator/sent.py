"""A viewer-response function sees the request as the viewer sent it; ministack shows half of what it became.

"The request object represents the actual request that CloudFront received from the viewer":
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_sent: ContextVar[dict[str, Any] | None] = ContextVar("sent", default=None)


def as_sent(build: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Takes the place of ministack's ``cloudfront._build_function_event``."""

    def build_function_event(event_type: str, *arguments: Any) -> dict[str, Any]:
        event = build(event_type, *arguments)
        if event_type == "viewer-request":
            _sent.set(event["request"])
        elif (request := _sent.get()) is not None:
            event["request"] = request
        return event

    return build_function_event
