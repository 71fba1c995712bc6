"""AWS's own host names on this machine: ``http://localhost:PORT/~aws/<host>/<path>``.

Browsers ask for ``https://<bucket>.s3.us-east-1.amazonaws.com/...``, and no setting of a client makes that a
plain address of this machine: Amplify's (npm aws-amplify 6.22.1) always has ``https://`` for S3. So pages of
local sites get a script, ``aws.js``, that leads such requests here; here they become requests for that host
again, with the very path, headers and signature that AWS would get.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from engine.local.asgi import header
from engine.local.site import host_name

if TYPE_CHECKING:
    from engine.local.asgi import Scope

PREFIX = "/~aws/"
# What browsers call at AWS: everything else is called by servers, which need no script.
_SERVICES = re.compile(
    r"(cognito-idp|cognito-identity)\.[a-z0-9-]+\.amazonaws\.com"
    r"|([a-z0-9.-]+\.)?s3[.-]([a-z0-9-]+\.)?amazonaws\.com"
    r"|[a-z0-9-]+\.(execute-api|appsync-api)\.[a-z0-9-]+\.amazonaws\.com"
    r"|[a-z0-9-]+\.auth\.[a-z0-9-]+\.amazoncognito\.com"
    r"|[a-z0-9]+\.lambda-url\.[a-z0-9-]+\.on\.aws"
)
_API = re.compile(r"[a-z0-9]+\.execute-api\.localhost")
_GRAPHQL = re.compile(r"[a-z0-9]+\.appsync-api\.localhost")
STAGE = "/$default"


def is_for_browsers(host: str) -> bool:
    """Whether browsers call this host of AWS."""
    return bool(_SERVICES.fullmatch(host) or _GRAPHQL.fullmatch(host) or is_api(host))


def is_api(host: str) -> bool:
    """Whether it is the name that an API has on this machine."""
    return bool(_API.fullmatch(host))


def led_to_aws(scope: Scope) -> Scope | None:
    """The request as the host in its path would get it; None for any other, or a host that is none."""
    if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
        return None
    raw = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    host, _, path = raw.removeprefix(PREFIX).partition("/")
    if not is_for_browsers(host):
        return None
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
    return {
        **scope,
        "path": unquote(f"/{path}"),
        "raw_path": f"/{path}".encode("latin-1"),
        "headers": [(b"host", host.encode()), *headers],
    }


def with_api_path(scope: Scope) -> Scope:
    """A request for ``<id>.execute-api.localhost`` with its stage in the path, as only the API answers it.

    Without, ministack answers paths such as ``/health`` itself, whatever the host.
    """
    if scope["type"] != "http" or not is_api(host_name(header(scope, "host"))):
        return scope
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    return {**scope, "path": f"{STAGE}{scope['path']}", "raw_path": STAGE.encode() + raw}
