"""The login that visitors of an environment need, from the secret that the spec or the policy names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import PrerequisiteError
from engine.publish.gate import gate_of

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
    if not value:
        raise PrerequisiteError(
            f"visitors of {environment.name} need a login, and the secret {name} is not set",
            hint=f"Give `user:password` as the variable {name} of this shell.",
        )
    return replace(context, gate=gate_of(value, name, f"{environment.app}/{environment.name}"))
