"""One deployment at a time: the lock, the record and the log around a verb that changes something."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
import time
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from engine.context import Context, record_of, user_of
from engine.errors import CancelledError, NotFoundError, WindlassError
from engine.events import DeploymentFailed, DeploymentStarted
from engine.local.folder import project_folder
from engine.state.lock import locked
from engine.state.record import DeploymentRecord, save
from engine.steps.log import Log

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from engine.events import Emit, Event

_LOGS_KEPT = 30
_DAY = 86_400.0


@asynccontextmanager
async def deploying(context: Context) -> AsyncIterator[Context]:
    """Hold the environment's lock while the block runs, log its events, and record how it ended.

    Gives the context with the record as it is under the lock. Raises LockedError.
    """
    environment = context.environment
    async with locked(context.state, environment.app, environment.name, context.deployment, context.emit):
        with logged_events(context) as emit:
            async with _recorded(dataclasses.replace(context, emit=emit)) as begun:
                yield begun


@asynccontextmanager
async def _recorded(logged: Context) -> AsyncIterator[Context]:
    record = await asyncio.to_thread(record_of, logged.state, logged.environment)
    logged = dataclasses.replace(logged, record=record)
    begun = _begun(logged)
    logged.emit(_started(logged))
    logged = logged.with_record(
        jobs=record.jobs + 1,
        policy=logged.environment.policy_name,
        branch=logged.environment.branch,
        url=logged.url,
        expires=_expiry(logged),
        deployments=record.with_deployment(begun).deployments,
    )
    await asyncio.to_thread(save, logged.state, logged.record)
    try:
        yield logged
    except BaseException as error:
        if isinstance(error, WindlassError):
            where = str(error.where or "")
            logged.emit(DeploymentFailed(error.code, error.message, where, error.hint, error.details))
        await _ended(logged, dataclasses.replace(begun, status=_status(error), error=_text(error)))
        raise
    await _ended(logged, dataclasses.replace(begun, status="succeeded"))


def log_of(project: Path, deployment: str | None) -> tuple[str, list[str]]:
    """The id and the event lines (JSON) of a deployment from this folder; the last one if None.

    Raises NotFoundError.
    """
    logs = sorted(_logs(project).glob("*.jsonl"))
    chosen = [log for log in logs if deployment is None or log.stem == deployment]
    if not chosen:
        raise NotFoundError(
            f"there is no log of {deployment or 'any deployment'} here",
            hint="Logs are kept in .windlass/deployments of the folder that was deployed.",
        )
    return chosen[-1].stem, chosen[-1].read_text().splitlines()


def kept_folder(context: Context) -> Path:
    """Where files of the deployment are kept beside its log, as long as that; it may not be there yet."""
    return _logs(context.settings.project) / context.deployment


def _logs(project: Path) -> Path:
    folder = project_folder(project) / "deployments"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def logged_events(context: Context) -> Iterator[Emit]:
    """An ``emit`` that writes every event to the deployment's log as well."""
    folder = _logs(context.settings.project)
    for old in sorted(folder.glob("*.jsonl"))[: -_LOGS_KEPT + 1]:
        old.unlink(missing_ok=True)
        shutil.rmtree(old.with_suffix(""), ignore_errors=True)
    with (folder / f"{context.deployment}.jsonl").open("a", buffering=1) as file:
        log = Log(file)

        def emit(event: Event) -> None:
            log.write(event)
            context.emit(event)

        try:
            yield emit
        finally:
            log.flush()


def _begun(context: Context) -> DeploymentRecord:
    return DeploymentRecord(
        id=context.deployment,
        status="running",
        started=time.time(),
        commit=context.checkout.commit,
        branch=context.environment.branch,
        by=user_of(context.settings.host),
    )


def _started(context: Context) -> DeploymentStarted:
    return DeploymentStarted(
        deployment=context.deployment,
        app=context.environment.app,
        environment=context.environment.name,
        target=context.target.kind,
        url=context.url,
    )


def _expiry(context: Context) -> float:
    days = context.environment.policy.ttl_days
    return time.time() + days * _DAY if days is not None else 0.0


async def _ended(context: Context, deployment: DeploymentRecord) -> None:
    record = await asyncio.to_thread(record_of, context.state, context.environment)
    if not record.jobs:
        return  # destroyed meanwhile
    last = record.history.get("activations") or [{}]
    done = dataclasses.replace(deployment, finished=time.time(), release=last[-1].get("release", ""))
    await asyncio.to_thread(save, context.state, record.with_deployment(done))


def _status(error: BaseException) -> str:
    return "cancelled" if isinstance(error, CancelledError | asyncio.CancelledError) else "failed"


def _text(error: BaseException) -> str:
    return str(error) or type(error).__name__
