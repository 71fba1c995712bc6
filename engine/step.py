"""Time a step and report how it began and ended."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.events import StepFailed, StepFinished, StepStarted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from engine.events import Emit


@dataclass
class Outcome:
    """Set ``summary`` inside the step: one line for people about what came of it."""

    summary: str = ""


@asynccontextmanager
async def step(emit: Emit, name: str, message: str = "") -> AsyncIterator[Outcome]:
    """Report the block as the step ``name``: StepStarted, then StepFinished or StepFailed."""
    emit(StepStarted(step=name, message=message))
    began = time.monotonic()
    outcome = Outcome()
    try:
        yield outcome
    except BaseException as error:
        emit(StepFailed(step=name, seconds=time.monotonic() - began, message=str(error)))
        raise
    emit(StepFinished(step=name, seconds=time.monotonic() - began, summary=outcome.summary))
