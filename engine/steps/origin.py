"""Which environment a bundle was built for, and whether it may go into another."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

from engine.bundle.inlined import find_inlined
from engine.bundle.origin import Inlined, Origin, foreign, hashed_variables, new_salt
from engine.environment.variables import values
from engine.errors import GuardError
from engine.events import Warned
from engine.steps.variables import own_variables, private_names

if TYPE_CHECKING:
    from engine.bundle.model import Bundle
    from engine.context import Context


async def with_origin(context: Context, bundle: Bundle) -> Bundle:
    """``bundle`` with what it was built for and what of that is inlined in its files."""
    variables, private, salt = own_variables(context), private_names(context), new_salt()
    inlined = await asyncio.to_thread(find_inlined, bundle, variables, private, salt)
    origin = Origin(
        app=context.environment.app,
        environment=context.environment.name,
        branch=context.environment.branch,
        commit=context.checkout.commit,
        salt=salt,
        variables=hashed_variables(salt, {**values(context.variables), **variables}, private),
        inlined=inlined,
    )
    return dataclasses.replace(bundle, origin=origin)


def refuse_foreign(context: Context, origin: Origin | None, *, allow_inlined: bool) -> None:
    """See that no value of another environment is inlined in a bundle that is to go into this one.

    Raises GuardError that names each variable and file; with ``allow_inlined`` that is a Warned event.
    """
    name, app = context.environment.name, context.environment.app
    if origin is None:
        context.emit(
            Warned(
                "it is not known what this release was built for",
                hint=f"Look whether it holds addresses of another environment than {name}.",
            )
        )
        return
    if origin.app != app:
        raise GuardError(
            f"this bundle is of the app {origin.app}, not of {app}", hint="Name a bundle of this app."
        )
    found = foreign(origin, app, name, own_variables(context))
    if not found:
        return
    details = tuple(dict.fromkeys(f"{item.variable} in {_files(item)}" for item in found))
    said = f"values of {origin.environment} were built in that differ in {name}"
    if allow_inlined:
        context.emit(Warned(f"{said}: {'; '.join(details)}"))
        return
    raise GuardError(
        f"{said}: {', '.join(dict.fromkeys(item.variable for item in found))}",
        details=details,
        hint=f"Let the app find them when it runs, or build it for {name}: windlass deploy --env {name}. "
        "If they do no harm there: --allow-inlined.",
    )


def _files(item: Inlined) -> str:
    more = item.count - len(item.files)
    return ", ".join(item.files) + (f" and {more} more" if more else "")
