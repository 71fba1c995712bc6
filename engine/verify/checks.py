"""Look at what is live: one slot for each kind of check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.events import Checked
from engine.verify import content, deep_link, front_page, header, redirect, release
from engine.verify.model import Check
from engine.verify.site import open_site

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from engine.events import Emit
    from engine.verify.model import VerifyRequest
    from engine.verify.site import Site

    Slot = Callable[[Site], Awaitable[Check | None]]

# What a slot gives: a check, or None where the release has nothing of the kind. All but the first need the
# right release to answer.
SLOTS: tuple[tuple[str, Slot], ...] = (
    ("release", release.check),
    ("front-page", front_page.check),
    ("content", content.check),
    ("deep-link", deep_link.check),
    ("redirect", redirect.check),
    ("header", header.check),
)


async def verify(request: VerifyRequest, emit: Emit) -> tuple[Check, ...]:
    """Check the live site against the manifest that should be live; emits a ``Checked`` for each check.

    Waits, bounded by the request, until that release answers; where it does not, nothing else is checked.
    A failed check, or a site that cannot be reached, is a :class:`Check` that did not pass, never an error.
    """
    checks: list[Check] = []
    async with open_site(request) as site:
        for name, slot in SLOTS:
            made = await _guarded(name, slot, site)
            if made is None:
                continue
            checks.append(made)
            emit(Checked(made.name, made.passed, made.message))
            if name == "release" and not made.passed:
                break
    return tuple(checks)


async def _guarded(name: str, slot: Slot, site: Site) -> Check | None:
    import httpx

    try:
        return await slot(site)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Check(name, False, f"{site.url} cannot be reached: {error or type(error).__name__}")
