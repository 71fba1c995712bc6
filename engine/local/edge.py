"""The edge of this machine: ``http://<environment>.<app>.localhost:PORT/``.

Finds the distribution of the environment by its tags and has the emulator's own CloudFront serve the request,
with the very functions and the KeyValueStore that CloudFront would use. Only two things differ, because
there is no TLS here: redirects to ``https://`` of the site, or of its domain, lead to ``http://`` and its
port, and ``Strict-Transport-Security`` is left out. A Host that is the domain of a site leads there too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote

from engine.local.asgi import answer, body_of, header, refuse_socket
from engine.local.page import sites_page
from engine.local.site import Place, Site, host_name, place, site_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from engine.local.asgi import App, Receive, Scope, Send

    Distribution = Mapping[str, Any]
    Viewer = Callable[..., Awaitable[tuple[int, Mapping[str, Any], bytes | str]]]

_HTML = ("Content-Type", "text/html; charset=utf-8")


class Edge:
    """ASGI app for the hosts of sites. ``sites`` gives what exists now; ``view`` serves one request;
    ``aliases`` gives the names that a distribution has besides its own.

    ``view`` is ministack's ``cloudfront.handle_viewer_request``. It is called directly: ministack's own
    routing would answer paths such as ``/health`` or ``/_ministack/reset`` before any site.
    """

    def __init__(
        self,
        sites: Callable[[], Mapping[Site, Distribution]],
        view: Viewer,
        port: int,
        aliases: Callable[[Distribution], Iterable[str]] = lambda _: (),
    ) -> None:
        self._sites = sites
        self._view = view
        self._port = port
        self._aliases = aliases

    def has(self, host: str) -> bool:
        """Whether the ``Host`` header ``host`` is the domain of a site."""
        return self._named(host_name(host)) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request for a site; 404 with the list of sites for a host that is none."""
        if scope["type"] == "websocket":
            await refuse_socket(receive, send)
            return
        sites = self._sites()
        site = site_of(header(scope, "host")) or self._named(host_name(header(scope, "host")))
        if site is not None and site in sites:
            await self._serve(site, sites[site], scope, receive, send)
        else:
            title = f"There is no site at {header(scope, 'host')}"
            await answer(send, 404, [_HTML], sites_page(title, sites, self._port), head=_head(scope))

    def with_index(self, control: App) -> App:
        """``control``, but ``http://localhost:PORT/`` shows the sites to a browser."""

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            if _browser_at_root(scope):
                page = sites_page("Sites on this machine", self._sites(), self._port)
                await answer(send, 200, [_HTML], page, head=_head(scope))
            else:
                await control(scope, receive, send)

        return app

    async def _serve(
        self, site: Site, distribution: Distribution, scope: Scope, receive: Receive, send: Send
    ) -> None:
        query = scope.get("query_string", b"").decode("latin-1")
        raw_path = scope.get("raw_path") or quote(scope["path"]).encode()
        status, headers, body = await self._view(
            distribution,
            scope["method"],
            scope["path"],
            raw_path.decode("latin-1"),
            query,
            viewer_headers(scope, self._host(site, scope)),
            await body_of(receive),
            parse_qs(query, keep_blank_values=True),
            (scope.get("client") or ("127.0.0.1",))[0],
        )
        names = (site.host, distribution["DomainName"], *self._aliases(distribution))
        plain = without_tls(headers, names, f"http://{site.host}:{self._port}")
        await answer(send, status, plain, body.encode() if isinstance(body, str) else body, head=_head(scope))

    def _named(self, name: str) -> Site | None:
        found = (site for site, distribution in self._sites().items() if name in self._aliases(distribution))
        return next(found, None)

    def _host(self, site: Site, scope: Scope) -> str:
        """The host that CloudFront would be asked for: the domain, else the name of the site here."""
        return site.host if site_of(header(scope, "host")) else host_name(header(scope, "host"))


def sites_of(distributions: Iterable[Distribution], tags: Mapping[str, Any]) -> dict[Site, Distribution]:
    """The enabled distributions, by the site that their tags windlass:app and windlass:environment name.

    ``distributions`` and ``tags`` are as ministack keeps them. Where two claim a site, the later has it.
    """
    found: dict[Site, Distribution] = {}
    for distribution in distributions:
        own = {tag["Key"]: tag["Value"] for tag in tags.get(distribution["ARN"], ())}
        app, environment = own.get("windlass:app"), own.get("windlass:environment")
        if app and environment and distribution.get("enabled", True):
            found[Site(app.lower(), environment.lower())] = distribution
    return found


def viewer_headers(scope: Scope, host: str) -> dict[str, str]:
    """The request headers as CloudFront would get them: over https, for ``host`` without a port."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope.get("headers", ()):
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joint = "; " if name == "cookie" else ", "  # RFC 9113, 8.2.3; RFC 9110, 5.2
        headers[name] = f"{headers[name]}{joint}{value}" if name in headers else value
    return {**headers, "host": host, "x-forwarded-proto": "https"}


def without_tls(headers: Mapping[str, Any], hosts: Iterable[str], url: str) -> list[tuple[str, str]]:
    """Response headers for a viewer without TLS.

    ``hosts`` are the names under which the site may redirect to itself, ``url`` is where it really is.
    """
    own = "|".join(re.escape(host) for host in hosts)
    secure = re.compile(rf"^https://(?:{own})(?::443)?(?=[/?#]|$)", re.IGNORECASE)
    pairs = [
        (name, str(value))
        for name, values in headers.items()
        for value in (values if isinstance(values, list | tuple) else (values,))
        if name.lower() != "strict-transport-security"
    ]
    return [
        (name, secure.sub(lambda _: url, value) if name.lower() == "location" else value)
        for name, value in pairs
    ]


def _head(scope: Scope) -> bool:
    return bool(scope["method"] == "HEAD")


def _browser_at_root(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] in ("GET", "HEAD")
        and scope["path"] == "/"
        and not scope.get("query_string")
        and place(header(scope, "host")) is Place.CONTROL
        and "text/html" in header(scope, "accept")
        and not header(scope, "authorization")
    )
