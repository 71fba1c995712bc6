"""Requests to the REST API, for the checks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from engine.verify.model import is_local
from engine.verify.site import reachable
from engine.verify.web import Web

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.spec.backend.rest_api import Route
    from engine.verify.backend.model import Credentials, Visit
    from engine.verify.web import Answer

_PARAMETER = re.compile(r"\{[^}]*\}")
_SAMPLE = "windlass-check"


@dataclass(frozen=True)
class Endpoint:
    """A route as it can be asked for: its key in the spec, who may call it, a method and path it answers."""

    key: str
    kind: str
    method: str
    path: str
    scopes: tuple[str, ...]

    @property
    def reads(self) -> bool:
        """Whether to ask changes nothing, by what HTTP says of its method."""
        return self.method in ("GET", "HEAD")


def endpoints(visit: Visit, *kinds: str) -> list[Endpoint]:
    """The routes that those ``kinds`` of authorizer guard."""
    if (api := visit.request.spec.api.rest) is None:
        return []
    every = (_endpoint(key, route, api.authorizer_of(route)) for key, route in api.routes.items())
    return [endpoint for endpoint in every if endpoint.kind in kinds]


def answers(
    visit: Visit, asked: list[Endpoint], headers: Mapping[str, str]
) -> Iterator[tuple[Endpoint, Answer]]:
    """What each says to a request with ``headers``. Raises one of UNREACHABLE."""
    for endpoint in asked:
        yield endpoint, ask(visit, endpoint, headers)


def ask(visit: Visit, endpoint: Endpoint, headers: Mapping[str, str]) -> Answer:
    """What one says to a request with ``headers``."""
    url = visit.output("api_rest_url")
    where, own = reachable(url)
    return Web(local=is_local(url)).ask(endpoint.method, f"{where}{endpoint.path}", {**headers, **own})


def signed(visit: Visit, endpoint: Endpoint, credentials: Credentials) -> dict[str, str]:
    """The headers of a request that is signed by a user."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials as Keys

    request = AWSRequest(endpoint.method, f"{visit.output('api_rest_url')}{endpoint.path}")
    keys = Keys(credentials.key, credentials.secret, credentials.session)
    SigV4Auth(keys, "execute-api", visit.request.target.region).add_auth(request)
    return dict(request.headers)


def _endpoint(key: str, route: Route, kind: str) -> Endpoint:
    method, _, path = key.partition(" ") if " " in key else ("ANY", "", "/")
    sample = quote(_PARAMETER.sub(_SAMPLE, path), safe="/~!$&'()*+,;=:@")
    return Endpoint(key, kind, "GET" if method == "ANY" else method, sample, route.scopes)
