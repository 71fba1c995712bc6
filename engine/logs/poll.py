"""Read a CloudWatch log group from a time on, again and again, each event once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from engine.logs.model import LogEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATE = 30_000  # milliseconds by which an event may come after a later one of another stream


class Poll:
    """The events of ``group`` from ``since`` (seconds since the epoch) on.

    FilterLogEvents merges all streams but knows no "after that event", so each call looks back a little,
    for what came late, and events that were given already are left out.
    """

    def __init__(self, logs: Any, group: str, since: float) -> None:
        self._logs = logs
        self._group = group
        self._from = max(0, int(since * 1000))
        self._newest = self._from
        self._given: dict[tuple[object, ...], int] = {}

    def __call__(self) -> list[LogEntry]:
        """What is new, by time. Raises what boto3 raises."""
        new = [event for key, event in self._keyed() if self._is_new(key, event)]
        self._newest = max([self._newest, *(event["timestamp"] for event in new)])
        floor = self._start
        self._given = {key: time for key, time in self._given.items() if time >= floor}
        new.sort(key=lambda event: event["timestamp"])  # stable: lines of one stream keep their order
        return [
            LogEntry(event["timestamp"] / 1000, event["logStreamName"], event["message"].rstrip("\n"))
            for event in new
        ]

    @property
    def _start(self) -> int:
        return max(self._from, self._newest - _LATE)

    def _is_new(self, key: tuple[object, ...], event: dict[str, Any]) -> bool:
        is_new = key not in self._given
        self._given[key] = event["timestamp"]
        return is_new

    def _keyed(self) -> Iterator[tuple[tuple[object, ...], dict[str, Any]]]:
        """Each event with what tells it from all others; the embedded AWS gives events no id."""
        seen: Counter[tuple[object, ...]] = Counter()
        for event in self._events():
            alike = (event["logStreamName"], event["timestamp"], event["message"])
            seen[alike] += 1
            yield (event.get("eventId") or (*alike, seen[alike]),), event

    def _events(self) -> Iterator[dict[str, Any]]:
        asked = {"logGroupName": self._group, "startTime": self._start}
        for page in self._logs.get_paginator("filter_log_events").paginate(**asked):
            yield from page["events"]
