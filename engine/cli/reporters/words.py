"""Events in words: the one place where their texts for people are."""

from __future__ import annotations

from engine.cli.errors import near
from engine.events import (
    Activated,
    ApplicationChosen,
    ApplicationCompared,
    Checked,
    CommandFinished,
    CommandStarted,
    DeploymentStarted,
    Event,
    LogLine,
    ResourceChanged,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
    TestReport,
    Warned,
)

_VERBS = {
    "create": "creating",
    "update": "changing",
    "replace": "replacing",
    "delete": "deleting",
    "keep": "keeping",
}
_DONE = {"create": "created", "update": "changed", "replace": "replaced", "delete": "deleted", "keep": "kept"}


def words(event: Event) -> str | None:
    """One line about the event, or None for one that only a live view shows."""
    match event:
        case DeploymentStarted():
            where = f" at {event.url}" if event.url else ""
            return f"deployment {event.deployment}: {event.app} {event.environment} ({event.target}){where}"
        case StepStarted():
            return f"{event.step}: {event.message}" if event.message else event.step
        case StepFinished():
            return f"{event.step}: done in {event.seconds:.1f} s{_dash(event.summary)}"
        case StepSkipped():
            return f"{event.step}: skipped, {event.reason}"
        case StepFailed():
            return f"{event.step}: failed after {event.seconds:.1f} s"
        case CommandStarted():
            return f"$ {_one_line(event.command)}"
        case CommandFinished() if event.exit_code:
            return f"exit code {event.exit_code} after {event.seconds:.1f} s"
        case LogLine():
            return f"  {event.text}"
        case ResourceChanged() if event.status in ("done", "failed"):
            verb = done(event.operation) if event.status == "done" else "FAILED"
            return f"  {verb} {event.name} ({short_type(event.type)})"
        case ApplicationChosen():
            return f"application {event.app_root or '/'} ({event.app}), by {event.reason}"
        case ApplicationCompared():
            return f"{event.app_root or '/'} {'deploys' if event.deploys else 'is skipped'}: {event.reason}"
        case TestReport():
            return _report(event)
        case Activated():
            return f"live: release {event.release}{f' (was {event.previous})' if event.previous else ''}"
        case Checked():
            return f"  {'ok' if event.passed else 'FAILED'} {event.check}: {event.message}"
        case Warned():
            place = f"{near(event.where)}: " if event.where else ""
            return f"warning: {place}{event.message}{_dash(event.hint)}"
        case _:
            return None


def short_type(token: str) -> str:
    """``aws:s3/bucket:Bucket`` -> ``s3.Bucket``."""
    package, _, rest = token.partition(":")
    module, _, name = rest.partition(":")
    return f"{module.split('/')[0]}.{name}" if package == "aws" else token


def done(operation: str) -> str:
    """``create`` -> ``created``."""
    return _DONE.get(operation, operation)


def present(event: ResourceChanged) -> str:
    """What is being done: ``creating site-bucket``."""
    return f"{_VERBS.get(event.operation, event.operation)} {event.name}"


def _dash(text: str) -> str:
    return f" - {text}" if text else ""


def _report(event: TestReport) -> str:
    skipped = f", {event.skipped} skipped" if event.skipped else ""
    first = f"  {event.passed} passed, {event.failed} failed{skipped} ({event.file})"
    failed = (f"  FAILED {name}{f': {why}' if why else ''}" for name, why in event.failures)
    return "\n".join((first, *failed))


def _one_line(command: str) -> str:
    lines = command.strip().splitlines() or [""]
    return lines[0] + (" ..." if len(lines) > 1 else "")
