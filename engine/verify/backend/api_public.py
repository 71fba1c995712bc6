"""Do the routes answer that everybody may call?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.backend.api import answers, endpoints
from engine.verify.model import Check

if TYPE_CHECKING:
    from engine.verify.backend.model import Visit


def check(visit: Visit) -> Check | None:
    """Every public route that reads answers, with anything but an error of the server."""
    asked = [endpoint for endpoint in endpoints(visit, "none") if endpoint.reads]
    if not asked:
        return None
    seen = [(endpoint, answer.status_code) for endpoint, answer in answers(visit, asked, {})]
    passed = all(status < 500 for _, status in seen)
    return Check("api-public", passed, ", ".join(f"{e.key} answers {status}" for e, status in seen))
