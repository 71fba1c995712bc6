"""What a report says about the tests, whatever wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LARGEST = 50_000_000  # bytes of a report
_LONGEST_MESSAGE = 300  # characters
_FAILURES = 100


class UnreadableReportError(Exception):
    """The file is no report of this kind; the text says why."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that failed: its whole name, and the first line of why."""

    name: str
    message: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}" if self.message else self.name


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``file`` is its name for people, ``failures`` holds the first hundred."""

    file: str
    format: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()

    def __str__(self) -> str:
        return summary((self,))


@dataclass
class Tally:
    """Counts tests as they are read."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.failures: list[Failure] = []

    def fail(self, name: str, message: str) -> None:
        """A test failed."""
        self.failed += 1
        if len(self.failures) < _FAILURES:
            first = next((line.strip() for line in message.splitlines() if line.strip()), "")
            self.failures.append(Failure(name.strip(), first[:_LONGEST_MESSAGE]))

    def report(self, file: str, kind: str) -> Report:
        """What was counted."""
        return Report(
            file, kind, self.passed, self.failed, self.skipped, round(self.seconds, 3), tuple(self.failures)
        )


def summary(reports: Iterable[Report]) -> str:
    """All ``reports`` in a few words: ``42 passed, 1 failed``."""
    found = tuple(reports)
    counts = {word: sum(getattr(r, word) for r in found) for word in ("passed", "failed", "skipped")}
    return ", ".join(f"{n} {word}" for word, n in counts.items() if n or word == "passed")


def sized(file: Path) -> Path:
    """``file``, if it is small enough to be read. Raises UnreadableReportError."""
    if file.stat().st_size > LARGEST:
        raise UnreadableReportError(f"it is larger than {LARGEST // 1_000_000} MB")
    return file
