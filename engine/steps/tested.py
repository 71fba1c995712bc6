"""Run the tests, read what they report, and keep it with the deployment."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from engine.build.masking import Mask
from engine.build.reports import FORMATS
from engine.build.reports.find import find_artifacts, find_reports
from engine.build.reports.keep import keep
from engine.build.reports.model import Report, UnreadableReportError, summary
from engine.build.steps import working_folder
from engine.errors import BuildError
from engine.events import Event, LogLine, TestReport, Warned
from engine.steps.deployment import kept_folder

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from engine.build.archive import Entry
    from engine.build.model import BuildRequest
    from engine.context import Context
    from engine.events import Emit

_SHOWN = 20  # failed tests that an error shows


async def tested(context: Context, request: BuildRequest, running: Awaitable[object]) -> str:
    """Await the ``running`` test section of ``request``; gives what its reports say in a few words.

    Each report is emitted as a TestReport, and kept with the other ``test.artifacts`` in
    :func:`engine.steps.deployment.kept_folder`, also where the tests fail: then the error's details begin
    with the names of the tests that failed. The exit code alone decides. Raises BuildError.
    """
    began = time.time()
    try:
        await running
    except BuildError as error:
        reports = await _reported(context, request, began)
        error.details = (*_failures(reports, request), *error.details)
        raise
    reports = await _reported(context, request, began)
    if any(report.failed for report in reports):
        context.emit(
            Warned(
                f"the reports name failed tests, but the commands ended with exit code 0: {summary(reports)}",
                hint="the exit code decides: take `|| true` and the like out of the test commands",
            )
        )
    return summary(reports) if reports else ""


async def _reported(context: Context, request: BuildRequest, since: float) -> tuple[Report, ...]:
    if request.spec.test is None:
        return ()
    folder = working_folder(request.project, request.spec)
    wanted = request.spec.test.artifacts
    kept, events = kept_folder(context), list[Event]()

    def gathered() -> tuple[Report, ...]:
        found = find_reports(folder, wanted, since)
        reports = _read(found, events.append)
        events.extend(_event(report, Mask(request.secrets)) for report in reports)
        count = keep(found, kept / "reports", events.append)
        count += keep(find_artifacts(folder, wanted), kept / "artifacts", events.append)
        if count:
            events.append(LogLine("test", f"kept {count} files of the tests in {kept}"))
        return reports

    reports = await asyncio.to_thread(gathered)
    for event in events:
        context.emit(event)
    return reports


def _read(found: tuple[Entry, ...], emit: Emit) -> tuple[Report, ...]:
    reports = []
    for entry in found:
        if reader := FORMATS.get(Path(entry.path).suffix.lower()):
            try:
                reports.append(reader(Path(entry.file), entry.path))
            except UnreadableReportError as error:
                emit(Warned(f"the test report {entry.path} was not read: {error}"))
    return tuple(reports)


def _event(report: Report, mask: Mask) -> TestReport:
    return TestReport(
        step="test",
        file=report.file,
        format=report.format,
        passed=report.passed,
        failed=report.failed,
        skipped=report.skipped,
        seconds=report.seconds,
        failures=tuple((mask.text(f.name), mask.text(f.message)) for f in report.failures),
    )


def _failures(reports: tuple[Report, ...], request: BuildRequest) -> tuple[str, ...]:
    failed = [failure for report in reports for failure in report.failures]
    if not failed:
        return ()
    mask = Mask(request.secrets)
    names = [f"failed: {mask.text(str(failure))}" for failure in failed[:_SHOWN]]
    more = [f"and {len(failed) - _SHOWN} more"] if len(failed) > _SHOWN else []
    return (summary(reports), *names, *more)
