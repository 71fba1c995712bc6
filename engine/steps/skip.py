"""``[skip-cd]`` at the end of a commit message: the commit asks not to be deployed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.environment.git import asked_to_skip
from engine.events import StepSkipped
from engine.results import Deployment
from engine.steps.resolve import resolved

if TYPE_CHECKING:
    from engine.context import Settings
    from engine.environment.resolve import Choice
    from engine.events import Emit

_REASON = "the commit message ends with [skip-cd] (--no-skip deploys all the same)"


async def skipped(settings: Settings, choice: Choice, emit: Emit) -> Deployment | None:
    """A deployment that did nothing, if the checked out commit asks for that; else None.

    It counts however the environment was named: a CI job says --branch or --pr as well
    (https://docs.aws.amazon.com/amplify/latest/userguide/build-settings.html).
    """
    if not await asyncio.to_thread(asked_to_skip, settings.project, settings.host):
        return None
    found = await asyncio.to_thread(resolved, settings, choice, emit)
    emit(StepSkipped(step="deploy", reason=_REASON))
    return Deployment(
        id="",
        app=found.environment.app,
        environment=found.environment.name,
        url="",
        release="",
        previous="",
        checks=(),
        unchanged=True,
        skipped=_REASON,
    )
