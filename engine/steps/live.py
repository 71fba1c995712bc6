"""A deployed environment, reached: for verbs that call what runs there, and change nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.clients import Clients
from engine.environment.resolve import Choice
from engine.errors import NotFoundError
from engine.inspect import deployed
from engine.provision.checkpoint import read_checkpoint
from engine.steps.borrow import borrowed
from engine.steps.resolve import reach, resolved

if TYPE_CHECKING:
    from engine.context import Settings
    from engine.events import Emit
    from engine.provision.checkpoint import Resource
    from engine.state.record import EnvironmentRecord
    from engine.target import Target


@dataclass(frozen=True)
class Live:
    """``record`` is what is remembered of it, ``resources`` what it is made of."""

    record: EnvironmentRecord
    target: Target
    resources: tuple[Resource, ...]
    clients: Clients = field(default_factory=Clients)

    def client(self, service: str) -> Any:
        """The boto3 client of ``service``."""
        return self.clients.get(self.target, service)

    def function(self, name: str) -> str:
        """The physical name of a function of the spec. Raises NotFoundError for one that is not deployed."""
        return self.physical("functions", name, "aws:lambda/function:Function")

    def physical(self, kind: str, name: str, type_: str) -> str:
        """The id of the resource of a kind of the backend, by its name in the spec. Raises NotFoundError."""
        ids = {r.name: r.id for r in self.resources if r.type == type_ and r.name.startswith(f"{kind}-")}
        if f"{kind}-{name}" not in ids:
            there = ", ".join(sorted(logical.removeprefix(f"{kind}-") for logical in ids)) or "none"
            raise NotFoundError(
                f"there is no {name} among the {kind} of {self.record.environment}",
                hint=f"There are: {there}. If it is new in amplify.yml, deploy first.",
            )
        return ids[f"{kind}-{name}"]


async def live_environment(settings: Settings, choice: Choice, emit: Emit) -> Live:
    """The environment that is chosen, or the one whose backend it borrows, its target reached.

    Raises NotFoundError where it is not deployed, GuardError where the backend is not lent to it.
    """
    found = await asyncio.to_thread(resolved, settings, choice, emit)
    if lent := await asyncio.to_thread(borrowed, settings, found):
        found = await asyncio.to_thread(resolved, settings, Choice(name=lent.lender), emit)
    record = await asyncio.to_thread(deployed, found)
    environment = found.environment
    checkpoint = await asyncio.to_thread(read_checkpoint, found.state, environment.app, environment.name)
    target = await reach(settings, environment, emit)
    return Live(record, target, checkpoint.resources if checkpoint else ())
