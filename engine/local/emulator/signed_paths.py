"""Signatures of requests to an API, over the path that was asked for and not the one it was led to.

The stage is put in front of the path (:func:`engine.local.aws_hosts.with_api_path`) after somebody signed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.aws_hosts import STAGE

if TYPE_CHECKING:
    from collections.abc import Callable


def as_signed(pin: Callable[..., None]) -> Callable[..., None]:
    """ministack's ``app.pin_signed_request``, told the path without the stage."""

    def pinned(method: str, raw_path: str, *rest: Any, **more: Any) -> None:
        asked = raw_path.removeprefix(STAGE) if raw_path.startswith(f"{STAGE}/") else raw_path
        pin(method, asked, *rest, **more)

    return pinned
