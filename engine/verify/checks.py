"""Look at what is live: one slot for each kind of check."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.events import Checked
from engine.verify import content, deep_link, front_page, gate, header, redirect, release
from engine.verify.model import Check
from engine.verify.site import site_of
from engine.verify.web import UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from engine.events import Emit
    from engine.verify.model import VerifyRequest
    from engine.verify.site import Site

    Slot = Callable[[Site], Awaitable[Check | None]]

# What a slot gives: a check, or None where the release has nothing of the kind. They need the right release
# to answer.
SLOTS: tuple[tuple[str, Slot], ...] = (
    ("front-page", front_page.check),
    ("content", content.check),
    ("deep-link", deep_link.check),
    ("redirect", redirect.check),
    ("header", header.check),
    ("basic-auth", gate.check),
)


async def verify(request: VerifyRequest, emit: Emit) -> tuple[Check, ...]:
    """Check the live site against the manifest that should be live; emits a ``Checked`` for each check.

    Waits, bounded by the request, until that release answers; where it does not, nothing else is checked.
    The other checks run at the same time. A failed check, or a site that cannot be reached, is a
    :class:`Check` that did not pass, never an error.
    """
    site = site_of(request)
    first = await _guarded("release", release.check, site)
    slots = SLOTS if first is not None and first.passed else ()
    others = await asyncio.gather(*(_guarded(name, slot, site) for name, slot in slots))
    checks = tuple(check for check in (first, *others) if check is not None)
    for check in checks:
        emit(Checked(check.name, check.passed, check.message))
    return checks


async def _guarded(name: str, slot: Slot, site: Site) -> Check | None:
    try:
        return await slot(site)
    except UNREACHABLE as error:
        return Check(name, False, f"{site.url} cannot be reached: {error or type(error).__name__}")
