"""AWS's own host names on this machine: ``http://localhost:PORT/~aws/<host>/<path>``.

Browsers ask for ``https://<bucket>.s3.us-east-1.amazonaws.com/...``, and no setting of a client makes that a
plain address of this machine: Amplify's (npm aws-amplify 6.22.1) always has ``https://`` for S3. So pages of
local sites get a script, ``aws.js``, that leads such requests here; here they become requests for that host
again, with the very path, headers and signature that AWS would get.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

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


def is_for_browsers(host: str) -> bool:
    """Whether browsers call this host of AWS."""
    return bool(_SERVICES.fullmatch(host))


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
