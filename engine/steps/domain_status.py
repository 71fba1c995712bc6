"""How it stands with the domain of an environment, without deploying it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.clients import Clients
from engine.context import record_of
from engine.domain.state import domain_state
from engine.errors import NotFoundError
from engine.results import DomainStatus
from engine.steps.domain import looked_up
from engine.steps.resolve import reach, resolved

if TYPE_CHECKING:
    from engine.context import Settings
    from engine.domain.look_up import Found
    from engine.environment.resolve import Choice
    from engine.events import Emit


async def domain_status(settings: Settings, choice: Choice, emit: Emit) -> DomainStatus:
    """See :meth:`engine.Engine.domain`."""
    found = await asyncio.to_thread(resolved, settings, choice, emit)
    environment = found.environment
    record = await asyncio.to_thread(record_of, found.state, environment)
    target = await reach(settings, environment, emit)
    there = await looked_up(environment, target, record, Clients())
    if there is None:
        raise NotFoundError(
            f"environment {environment.name} of {environment.app} has no domain",
            hint=f"Write `domain: notes.example.com` below `environments:` -> `{environment.kind}:`.",
        )
    state = domain_state(record.outputs)
    wanted, live = there.plan.wanted, state.plan.live if state else None
    return DomainStatus(
        environment=environment.name,
        names=wanted.names,
        zones=wanted.zones,
        certificate=there.certificate.arn,
        status=there.certificate.status,
        live=live.names if live else (),
        answers=there.answers,
        records=there.records,
        next=_next(there),
    )


def _next(found: Found) -> str:
    if not found.distribution:
        return "Run `windlass deploy`."
    if found.records:
        then = "" if found.finished else ", then run `windlass deploy` once more"
        return f"Set the records where the DNS of {found.domain.name} is{then}."
    if found.finished:
        return ""
    return "Wait until AWS has issued the certificate, then run `windlass deploy` once more."
