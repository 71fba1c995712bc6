"""Where the secrets of an environment are kept: which account and region, and below which path."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from engine.clients import Clients
from engine.context import account_of
from engine.environment.policy import policies
from engine.environment.resolve import Choice, kinds, resolve
from engine.errors import NotFoundError, UsageError
from engine.events import ignore
from engine.secrets.model import SHARED
from engine.secrets.store import SecretStore
from engine.spec.fields import secret_name
from engine.state.record import environments
from engine.steps.resolve import reach, resolved

if TYPE_CHECKING:
    from engine.context import Settings
    from engine.environment.model import Environment
    from engine.events import Emit
    from engine.steps.resolve import Resolved


@dataclass(frozen=True)
class Place:
    """The ``scope`` of secrets of one application, as far as it is known without AWS."""

    settings: Settings
    found: Resolved
    scope: str

    async def store(self, emit: Emit) -> SecretStore:
        """Reach it. Raises PrerequisiteError without credentials, GuardError for an account that the policy
        refuses.
        """
        environment = self.found.environment
        target = await reach(self.settings, environment, emit)
        await account_of(target, environment)
        client = await asyncio.to_thread(Clients().get, target, "ssm")
        return SecretStore(client, environment.app, environment.policy.secrets_key)


def place_of(settings: Settings, environment: str, *, shared: bool = False, emit: Emit = ignore) -> Place:
    """Where the secrets of ``environment`` are set; ``shared``: those of all environments.

    Raises UsageError where neither is said, or where it is not clear in which account or region all of them
    are; NotFoundError for an environment that nothing makes.
    """
    if not environment and not shared:
        raise UsageError(
            "of which environment?",
            hint="Say --env NAME (`preview`: all previews), or --shared: all environments.",
        )
    found = resolved(settings, Choice(name=environment or "preview"), emit)
    known = kinds(found.spec)
    if environment:
        _refuse_made_up(found, environment, known)
    else:
        found = replace(found, environment=_only_place(settings, found, known))
    return Place(settings, found, SHARED if shared else found.environment.name)


def checked_name(name: str) -> str:
    """``name`` as that of a secret. Raises UsageError."""
    try:
        return secret_name(name)
    except PydanticCustomError as error:
        context = error.context or {}
        raise UsageError(f"`{name}` {context.get('reason')}", hint=str(context.get("hint", ""))) from None


def _refuse_made_up(found: Resolved, name: str, known: tuple[str, ...]) -> None:
    environment = found.environment
    if environment.pull_request or name in known:
        return
    deployed = environments(found.state, environment.app)
    if name not in deployed:
        close = get_close_matches(name, (*known, *deployed), 1)
        meant = f"Did you mean --env {close[0]}? " if close else ""
        raise NotFoundError(
            f"there is no environment {name}",
            hint=f"{meant}There are: {', '.join(known)}. Previews share those of --env preview.",
        )


def _only_place(settings: Settings, found: Resolved, known: tuple[str, ...]) -> Environment:
    all_policies = policies(settings.project, settings.stacks)
    local = settings.target == "local"
    every = [resolve(found.spec, all_policies, Choice(name=name), local=local) for name in known]
    places = {name: _place(environment) for name, environment in zip(known, every, strict=True)}
    if len(set(places.values())) > 1:
        said = ", ".join(f"{name} ({', '.join(filter(None, place))})" for name, place in places.items())
        raise UsageError(
            f"the environments are in several places: {said}",
            hint="Say whose is meant, once for each: --shared --env NAME.",
        )
    return every[0]


def _place(environment: Environment) -> tuple[str, ...]:
    policy = environment.policy
    return (policy.target, policy.region, policy.account or "", policy.profile or "")
