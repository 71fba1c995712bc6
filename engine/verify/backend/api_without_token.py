"""Is the API shut for who is nobody?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.backend.api import answers, endpoints
from engine.verify.model import Check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.verify.backend.model import Visit

# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html and
# http-api-access-control-iam.html
_REFUSED = {"auth": (401,), "iam": (401, 403)}


def check(visit: Visit) -> Check | None:
    """Every route that asks for a token or a signature refuses a request without."""
    return refused(visit, "api-without-token", {}, "without a token", ("auth", "iam"))


def refused(
    visit: Visit, name: str, headers: Mapping[str, str], how: str, kinds: tuple[str, ...]
) -> Check | None:
    """The check ``name``: all routes of these ``kinds`` refuse ``headers``."""
    asked = endpoints(visit, *kinds)
    if not asked:
        return None
    wrong = [
        f"{endpoint.key} answers {answer.status_code} {how}"
        for endpoint, answer in answers(visit, asked, headers)
        if answer.status_code not in _REFUSED[endpoint.kind]
    ]
    all_of = f"{len(asked)} routes refuse" if len(asked) > 1 else f"{asked[0].key} refuses"
    return Check(name, not wrong, "; ".join(wrong) or f"{all_of} a request {how}")
