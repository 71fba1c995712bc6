"""Does the API look at the token it is given?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.backend.api_without_token import refused

if TYPE_CHECKING:
    from engine.verify.backend.model import Visit
    from engine.verify.model import Check

NOT_SIGNED = "e30.e30.e30"
"""A JWT of three empty objects."""


def check(visit: Visit) -> Check | None:
    """Every route that asks for a token refuses one that nobody has signed."""
    return refused(
        visit, "api-bad-token", {"Authorization": f"Bearer {NOT_SIGNED}"}, "with a bad token", ("auth",)
    )
