"""Mochawesome's JSON, the report that Amplify reads (https://github.com/adamgruber/mochawesome)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.build.reports.model import Report, Tally, UnreadableReportError, sized

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(file: Path, name: str) -> Report:
    """The report in ``file``. Raises UnreadableReportError."""
    try:
        data = json.loads(sized(file).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableReportError(f"it is no JSON ({error})") from error
    if not isinstance(data, dict) or not isinstance(data.get("results"), list):
        raise UnreadableReportError("it has no `results`, so it is none of mochawesome")
    tally = Tally()
    for test in _tests(data["results"]):
        _count(tally, test)
    return tally.report(name, "mochawesome")


def _tests(suites: list[Any]) -> Iterator[dict[str, Any]]:
    waiting = list(reversed(suites))
    while waiting:
        suite = waiting.pop()
        if isinstance(suite, dict):
            yield from (test for test in suite.get("tests") or () if isinstance(test, dict))
            waiting.extend(reversed(suite.get("suites") or []))


def _count(tally: Tally, test: dict[str, Any]) -> None:
    duration = test.get("duration")
    tally.seconds += duration / 1000 if isinstance(duration, int | float) else 0.0
    if test.get("fail") or test.get("state") == "failed":
        reason = test.get("err")
        message = reason.get("message") if isinstance(reason, dict) else ""
        tally.fail(str(test.get("fullTitle") or test.get("title") or "?"), str(message or ""))
    elif test.get("pass") or test.get("state") == "passed":
        tally.passed += 1
    else:
        tally.skipped += 1
