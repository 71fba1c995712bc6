"""Does the GraphQL API let a user in?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.backend.graphql import ask, type_in
from engine.verify.model import Check

if TYPE_CHECKING:
    from engine.verify.backend.model import Visit


def check(visit: Visit) -> Check | None:
    """It answers a query with a user's token, where the API takes those of users."""
    api, session = visit.request.spec.api.graphql, visit.session
    if api is None or session is None or "auth" not in api.authorizers:
        return None
    answer = ask(visit, {"Authorization": session.id_token})
    found = type_in(answer)
    said = f"it answers {answer.status_code}" + (f" with the type {found}" if found else " and no data")
    return Check("graphql-with-token", answer.status_code == 200 and bool(found), said)
