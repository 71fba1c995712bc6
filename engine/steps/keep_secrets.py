"""Set, list and remove secrets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.environment.policy import policies
from engine.environment.resolve import Choice, kinds, resolve
from engine.errors import WindlassError
from engine.events import LogLine, Warned
from engine.results import SecretChange, Secrets
from engine.secrets.access import store_of
from engine.secrets.model import SHORTEST
from engine.secrets.scopes import scopes_of
from engine.spec.backend.secrets import asked_secrets
from engine.steps.secret_place import checked_name

if TYPE_CHECKING:
    from engine.context import Context
    from engine.environment.model import Environment
    from engine.events import Emit
    from engine.secrets.store import SecretStore
    from engine.steps.secret_place import Place


async def secret_set(place: Place, name: str, value: str, emit: Emit) -> SecretChange:
    """Keep ``value`` under ``name``. Raises UsageError for a name or value that cannot be."""
    checked_name(name)
    store = await place.store(emit)
    new = await asyncio.to_thread(store.set, name, place.scope, value)
    if len(value) < SHORTEST:
        emit(
            Warned(
                f"{name} has less than {SHORTEST} characters: it is not masked in logs, nor found in files",
                hint="Choose a longer value.",
            )
        )
    return SecretChange(name, place.scope, store.path(name, place.scope), "created" if new else "changed")


async def secret_removed(place: Place, name: str, emit: Emit) -> SecretChange | None:
    """Remove the secret; None where there was none."""
    store = await place.store(emit)
    if not await asyncio.to_thread(store.remove, name, place.scope):
        return None
    return SecretChange(name, place.scope, store.path(name, place.scope), "removed")


async def secrets_listed(place: Place, environment: str, emit: Emit) -> Secrets:
    """What is set: all of the application, or what ``environment`` is given, and what of that is missing."""
    store = await place.store(emit)
    stored = await asyncio.to_thread(store.stored)
    spec = place.found.spec
    asked = {e.name: scopes_of(spec, e) for e in _environments(place, environment)}
    if environment:
        stored = tuple(secret for secret in stored if secret.scope in asked[environment])
    known = {(secret.name, secret.scope) for secret in stored}
    missing = [
        (name, of)
        for of, scopes in asked.items()
        for name in dict.fromkeys((*spec.secrets, *(one.name for one in asked_secrets(spec.backend))))
        if known.isdisjoint((name, scope) for scope in scopes)
    ]
    return Secrets(store.app, stored, tuple(missing))


async def own_secrets_removed(context: Context) -> None:
    """Remove what was set for this one preview alone; trouble here is a warning, for the rest is gone."""
    environment = context.environment
    if environment.name == environment.kind:
        return
    try:
        removed = await asyncio.to_thread(_removed, store_of(context), environment.name)
    except WindlassError as error:
        context.emit(Warned(f"secrets of {environment.name} may be left: {error.message}", hint=error.hint))
        return
    if removed:
        context.emit(LogLine("destroy", f"removed the secrets of {environment.name}: {', '.join(removed)}"))


def _removed(store: SecretStore, scope: str) -> list[str]:
    return [secret.name for secret in store.stored(scope) if store.remove(secret.name, scope)]


def _environments(place: Place, name: str) -> list[Environment]:
    if name:
        return [place.found.environment]
    found, settings = place.found, place.settings
    every = policies(settings.project, settings.stacks)
    return [resolve(found.spec, every, Choice(name=kind)) for kind in kinds(found.spec)]
