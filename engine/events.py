"""The typed event stream. Steps emit events; only the command line prints them.

An event is a frozen dataclass. ``to_json`` gives ``{"event": "step-started", "time": ..., ...}``, the very
line that ``--json`` prints.
"""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events. ``time`` is seconds since the epoch."""

    time: float = field(default_factory=time.time)

    def to_json(self) -> dict[str, Any]:
        """The event as plain JSON values, its kind under ``event``."""
        kind, names = _shape(type(self))  # type: ignore[arg-type]
        return {"event": kind, **{name: _plain(getattr(self, name)) for name in names}}


def name_of(kind: type[Event]) -> str:
    """The name of a kind of event in JSON: ``step-started`` of StepStarted."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


@cache
def _shape(kind: type[Event]) -> tuple[str, tuple[str, ...]]:
    return name_of(kind), tuple(field.name for field in dataclasses.fields(kind))


def _plain(value: Any) -> Any:
    # A build may print a million lines, each an event of texts; `asdict` copies those too.
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class DeploymentStarted(Event):
    """A verb that changes something begins. ``url`` is where the environment will answer, if known."""

    deployment: str
    app: str
    environment: str
    target: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class DeploymentFailed(Event):
    """The verb failed with this error (see :class:`engine.errors.WindlassError`); it is raised as well."""

    code: str
    message: str
    where: str = ""
    hint: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepStarted(Event):
    """A step of the flow begins: ``provision``, ``build``, ``publish``, ``activate``, ``verify``, ..."""

    step: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class StepFinished(Event):
    """The step ended well after ``seconds``; ``summary`` is one line for people."""

    step: str
    seconds: float
    summary: str = ""


@dataclass(frozen=True, slots=True)
class StepSkipped(Event):
    """The step had nothing to do; ``reason`` says why."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepFailed(Event):
    """The step failed; the error follows as the exception of the verb."""

    step: str
    seconds: float
    message: str


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """How far a long step is. ``total`` 0 means unknown; ``unit`` such as "files" or "MB"."""

    step: str
    done: float
    total: float
    unit: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class CommandStarted(Event):
    """A command of the spec begins. ``section`` is backend, frontend or test; ``phase`` e.g. preBuild."""

    section: str
    phase: str
    command: str


@dataclass(frozen=True, slots=True)
class CommandFinished(Event):
    """A command of the spec ended."""

    section: str
    phase: str
    command: str
    exit_code: int
    seconds: float


@dataclass(frozen=True, slots=True)
class LogLine(Event):
    """One line of output of a child process, secrets masked. ``step`` says whose."""

    step: str
    text: str


@dataclass(frozen=True, slots=True)
class ResourceChanged(Event):
    """A resource is (or, in a plan, would be) created, updated, replaced, deleted, or failed.

    ``operation``: create, update, replace, delete, read, same. ``status``: planned, running, done, failed.
    """

    operation: str
    type: str
    name: str
    status: str
    urn: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned(Event):
    """Something worth reading that does not stop the work."""

    message: str
    hint: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationChosen(Event):
    """Which application of the file it is, and who says so; nothing has run yet."""

    app: str
    app_root: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApplicationCompared(Event):
    """Whether an application ``deploys`` for what changed, and why."""

    app: str
    app_root: str
    deploys: bool
    reason: str


@dataclass(frozen=True, slots=True)
class TestReport(Event):
    """A report of tests: how many passed, failed, were skipped, in how many seconds.

    ``failures`` are pairs of a test's name and why it failed, secrets masked; of many, the first hundred.
    """

    __test__ = False
    step: str
    file: str
    format: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    failures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Activated(Event):
    """``release`` is live now; ``previous`` was live before (empty for the first)."""

    release: str
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Checked(Event):
    """One check of what is live: its name, whether it passed, what was seen."""

    check: str
    passed: bool
    message: str


Emit = Callable[[Event], None]


def ignore(event: Event) -> None:
    """An :data:`Emit` that drops the event."""
