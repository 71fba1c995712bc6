"""The secrets that a verb works with."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import GuardError, Where
from engine.secrets.access import secrets_for, set_secrets
from engine.spec.public import public_prefix

if TYPE_CHECKING:
    from engine.context import Context, Settings
    from engine.spec.model import Spec


async def with_secrets(context: Context) -> Context:
    """The context with the secrets that its builds are given: those that the spec asks for by name, and those
    of the call.

    Raises PrerequisiteError where one is not set, GuardError where the name of one makes it public.
    """
    _refuse_public(context)
    names = (*asked_of_store(context.spec, context.settings), *context.settings.secrets)
    if not names:
        return context
    line = context.spec.lines.get("env.secrets")
    where = Where(context.spec.file, line) if context.spec.secrets and line else None
    return replace(context, secrets=await asyncio.to_thread(secrets_for, context, names, where))


async def with_known_secrets(context: Context) -> Context:
    """The context with those of its secrets that are set: to be looked for, where nothing is built."""
    names = asked_of_store(context.spec, context.settings)
    if not names:
        return await with_secrets(context)
    found = await asyncio.to_thread(set_secrets, context, names)
    given = await with_secrets(replace(context, spec=context.spec.model_copy(update={"secrets": ()})))
    return replace(context, secrets=(*found, *given.secrets))


def asked_of_store(spec: Spec, settings: Settings) -> tuple[str, ...]:
    """The secrets that the spec asks for and the call does not give."""
    given = {*settings.secrets, *settings.variables}
    return tuple(name for name in spec.secrets if name not in given)


def _refuse_public(context: Context) -> None:
    for name in context.settings.secrets:
        if prefix := public_prefix(name):
            raise GuardError(
                f"the secret {name} begins with `{prefix}`, and the values of such variables are written "
                "into what browsers load",
                hint=f"Call it e.g. `{name.removeprefix(prefix)}`. What everybody may know: --var.",
            )
