"""Does the password keep strangers out?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.model import Check

if TYPE_CHECKING:
    from engine.verify.site import Site


async def check(site: Site) -> Check | None:
    """`/` answers 401 to whoever does not say a login, where the environment asks for one."""
    if "Authorization" not in site.headers:
        return None
    answer = await site.get_as_stranger("/")
    message = f"/ answers {answer.status_code} without a login"
    return Check("basic-auth", answer.status_code == 401, message)
