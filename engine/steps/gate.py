"""The login that visitors of an environment need, from the secret that the spec or the policy names."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import PrerequisiteError
from engine.publish.gate import gate_of
from engine.secrets.access import how_to_set, store_of
from engine.secrets.scopes import scopes_of

if TYPE_CHECKING:
    from engine.context import Context


async def gated(context: Context) -> Context:
    """The context with the gate of its environment, where it has one.

    Raises PrerequisiteError where the secret is not there, UsageError where it holds no login.
    """
    environment = context.environment
    name = environment.basic_auth
    if not name:
        return context
    value = context.settings.secrets.get(name) or context.settings.host.get(name)
    if not (value := value or await asyncio.to_thread(_stored, context, name)):
        raise PrerequisiteError(
            f"visitors of {environment.name} need a login, and the secret {name} is not set",
            hint=f"It is `user:password`. {how_to_set(context, [name])}, or as a variable of this shell.",
        )
    return replace(context, gate=gate_of(value, name, f"{environment.app}/{environment.name}"))


def _stored(context: Context, name: str) -> str:
    """Its value in the store: even for a pull request of a fork, whose build does not see it."""
    found = store_of(context).get([name], scopes_of(context.spec, context.environment))
    return found[0].value if found else ""
