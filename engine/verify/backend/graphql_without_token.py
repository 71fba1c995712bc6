"""Is the GraphQL API shut for who is nobody?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.backend.api_bad_token import NOT_SIGNED
from engine.verify.backend.graphql import ask
from engine.verify.model import Check

if TYPE_CHECKING:
    from engine.verify.backend.model import Visit

_NOBODY = {"without a token": {}, "with a bad token": {"Authorization": NOT_SIGNED}}
# https://docs.aws.amazon.com/appsync/latest/APIReference/CommonErrors.html
_REFUSED = (401, 403)


def check(visit: Visit) -> Check | None:
    """It refuses a request without a token, a key or a signature, and one with a token that nobody signed."""
    if visit.request.spec.api.graphql is None:
        return None
    seen = {how: ask(visit, headers).status_code for how, headers in _NOBODY.items()}
    wrong = [f"it answers {status} {how}" for how, status in seen.items() if status not in _REFUSED]
    message = "; ".join(wrong) or f"it refuses a request {' and '.join(seen)}"
    return Check("graphql-without-token", not wrong, message)
