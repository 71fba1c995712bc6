"""EventBridge's schedules, of which a wrong one stops all others in ministack."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG = logging.getLogger("windlass.schedules")


def each_by_itself(next_fire: Callable[..., Any]) -> Callable[..., Any]:
    """``eventbridge._cron_next_fire``, which never fires where a time of day is none (``cron(0 99 ...)``)."""

    def next_or_never(fields: Any, after: Any) -> Any:
        try:
            return next_fire(fields, after)
        except ValueError as error:
            _LOG.warning("a schedule never fires: %s", error)
            return None

    return next_or_never
