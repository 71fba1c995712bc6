"""``cf.selectRequestOriginById`` for the emulator's CloudFront, which knows the behavior's own origin alone.

ministack reads the distribution's configuration anew for each request and looks the origin up after the
function ran, so it is enough to name another one in what was read.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_matched: ContextVar[tuple[dict[str, Any], dict[str, Any]] | None] = ContextVar("matched", default=None)


def remembering(match: Callable[[dict[str, Any], str], Any]) -> Callable[[dict[str, Any], str], Any]:
    """Takes the place of ministack's ``cloudfront._match_behavior``: what it finds is kept in the task."""

    def match_behavior(parsed: dict[str, Any], path: str) -> Any:
        behavior = match(parsed, path)
        _matched.set((parsed, behavior) if behavior else None)
        return behavior

    return match_behavior


def choose(origin: str) -> None:
    """Let the request of this task go to the origin with this id.

    Raises ministack's ``CloudFrontFunctionError``, which becomes a 503, where the distribution has none such.
    """
    from ministack.services import cloudfront

    parsed, behavior = _matched.get() or ({"origins": {}}, {})
    if origin not in parsed["origins"]:
        raise cloudfront.CloudFrontFunctionError(f"the distribution has no origin {origin}")
    behavior["target_origin_id"] = origin
