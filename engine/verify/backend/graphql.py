"""Requests to the GraphQL API, for the checks of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.verify.model import is_local
from engine.verify.site import reachable
from engine.verify.web import Web

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.verify.backend.model import Visit
    from engine.verify.web import Answer

# Every schema answers it, whatever its types, and no resolver is run for it.
# https://spec.graphql.org/October2021/#sec-Type-Name-Introspection
_QUERY = json.dumps({"query": "{ __typename }"}).encode()


def ask(visit: Visit, headers: Mapping[str, str]) -> Answer:
    """What the API says to a query with ``headers``. Raises one of UNREACHABLE."""
    url = visit.output("api_graphql_url")
    where, own = reachable(url)
    sent = {"Content-Type": "application/json", **headers, **own}
    return Web(local=is_local(url)).ask("POST", f"{where}{urlsplit(url).path}", sent, _QUERY)


def type_in(answer: Answer) -> str:
    """The name of the query's type in an answer; "" where it has none."""
    try:
        return str(json.loads(answer.content)["data"]["__typename"])
    except (ValueError, KeyError, TypeError):
        return ""
