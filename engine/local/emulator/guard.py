"""Keeps web pages away from the control plane.

The emulator runs whatever code it is given, as the user, and takes any request for a root user's. A page of
any site on the web can send requests to 127.0.0.1, and a name that its owner lets point there (DNS
rebinding) makes them same-origin. So a request passes only under a host name of ours, and only where no
browser says that a page of another origin sent it (the Origin header, Fetch; Sec-Fetch-Site, Fetch Metadata).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from engine.local.asgi import answer_text, header, refuse_socket
from engine.local.aws_hosts import is_api, is_for_browsers, led_to_aws, with_api_path
from engine.local.site import Place, host_name, place

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.local.asgi import App, Receive, Scope, Send


_OF_THIS_MACHINE = re.compile(r"https?://(([a-z0-9-]+\.)*localhost|127\.0\.0\.1)(:\d+)?")
_OWN_PATHS = re.compile(r"/(_ministack|_localstack|_aws|health)(/|$)")
_KEY = re.compile(r"Credential=([^/&,\s]*)/")


class Guard:
    """ASGI middleware: site hosts go to ``edge``, everything else to ``control`` or nowhere. ``domain`` says
    of a Host whether it is the domain of a site.
    """

    def __init__(self, edge: App, control: App, domain: Callable[[str], bool] = lambda _: False) -> None:
        self._edge = edge
        self._control = control
        self._domain = domain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] == "lifespan":
            await self._control(scope, receive, send)
            return
        host = header(scope, "host")
        led = led_to_aws(scope) if place(host) is Place.CONTROL else None
        if led or (place(host) is Place.SERVICE and header(scope, "origin")):
            await self._aws(led or scope, receive, send)
            return
        site = place(host) is Place.SITE or (place(host) is Place.FOREIGN and self._domain(host))
        reason = "" if site else refusal(host, header(scope, "origin"), header(scope, "sec-fetch-site"))
        if reason and scope["type"] == "websocket":
            await refuse_socket(receive, send)
        elif reason:
            await answer_text(send, 403, f"Refused: {reason}.")
        elif site:
            await self._edge(scope, receive, send)
        else:
            await self._control(with_api_path(scope), receive, send)

    async def _aws(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What a page asks of a service, as pages do of AWS: unsigned, or with a user's own credentials."""
        reason = refusal_of_page(scope)
        if reason:
            await answer_text(send, 403, f"Refused: {reason}.")
        else:
            await self._control(with_api_path(scope), receive, send)


def refusal_of_page(scope: Scope) -> str:
    """Why a page's request to a service must not pass; empty if it may.

    Pages of this machine may call what browsers call at AWS. A key that is no user's session would be the
    emulator's root, and its own paths (``/_ministack/reset``) answer under every host.
    """
    origin, host = header(scope, "origin"), header(scope, "host")
    if origin and not _OF_THIS_MACHINE.fullmatch(origin):
        return f"a page of {origin} may not use it"
    if not is_for_browsers(host_name(host)):
        return f"no page needs {host}"
    if not is_api(host_name(host)) and _OWN_PATHS.match(scope["path"]):
        return f"{scope['path']} is no path of AWS"
    query = unquote(scope.get("query_string", b"").decode("latin-1"))
    keys = _KEY.findall(f"{header(scope, 'authorization')} {query}")
    if any(not key.startswith("ASIA") for key in keys):
        return "only credentials of an identity pool may be used from a page"
    return ""


def refusal(host: str, origin: str, fetch_site: str) -> str:
    """Why a request with these three headers must not pass; empty if it may."""
    where = place(host)
    if where is Place.FOREIGN:
        return f"{host or 'a request without a Host'} is no host of this machine's AWS"
    if where is Place.SITE:
        return ""  # a site is as public as any site on the web, and never reaches the control plane
    own = (f"http://{host}",) if where is Place.CONTROL else ()
    if origin and origin not in own:
        return f"a page of {origin} may not use it"
    if fetch_site not in ("", "same-origin", "none"):
        return "a page of another origin may not use it"
    return ""
