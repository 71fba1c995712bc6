"""Does the API let a user in?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.backend.api import ask, endpoints, signed
from engine.verify.model import Check

if TYPE_CHECKING:
    from engine.verify.backend.api import Endpoint
    from engine.verify.backend.model import Session, Visit


def check(visit: Visit) -> Check | None:
    """Every route that reads lets in a user's token or signature, and answers with anything but an error of
    the server. One that wants a scope is passed over: tokens of SRP have none.
    """
    asked = [e for e in endpoints(visit, "auth", "iam") if e.reads and not e.scopes]
    session = visit.session
    if session is None or not asked:
        return None
    seen = [(e, ask(visit, e, _headers(visit, e, session)).status_code) for e in asked]
    passed = not any(_is_wrong(e, status) for e, status in seen)
    return Check("api-with-token", passed, ", ".join(f"{e.key} answers {status}" for e, status in seen))


def _headers(visit: Visit, endpoint: Endpoint, session: Session) -> dict[str, str]:
    if endpoint.kind == "iam" and session.credentials:
        return signed(visit, endpoint, session.credentials)
    return {"Authorization": f"Bearer {session.id_token}"}


def _is_wrong(endpoint: Endpoint, status: int) -> bool:
    """A function may answer 403 for reasons of its own; of a signed request the API itself does."""
    return status == 401 or status >= 500 or (endpoint.kind == "iam" and status == 403)
