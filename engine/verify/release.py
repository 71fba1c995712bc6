"""Is the right release live?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.model import Check
from engine.verify.site import RELEASE

if TYPE_CHECKING:
    from engine.verify.site import Site


async def check(site: Site) -> Check:
    """Waits until the site names the release that was activated."""
    expected = site.manifest.release
    seen = (await site.get("/")).headers.get(RELEASE)
    message = f"release {seen} answers" if seen else "the answer names no release"
    return Check("release", seen == expected, message if seen == expected else f"{message}, not {expected}")
