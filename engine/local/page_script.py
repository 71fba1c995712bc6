"""The script that leads a page's requests for AWS to this machine; see :mod:`engine.local.aws_hosts`.

Only pages that a browser opens get it, and only those of environments with users: everything else is served
as CloudFront would serve it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.local.asgi import answer, header
from engine.local.site import Site, site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from engine.local.asgi import App, Message, Receive, Scope, Send

PATH = "/~windlass/aws.js"
_HEAD = re.compile(rb"<head(\s[^>]*)?>", re.IGNORECASE)
_SCRIPT = ("Content-Type", "text/javascript; charset=utf-8")


class PageScript:
    """ASGI middleware around the edge. ``users`` gives the sites that have a user pool."""

    def __init__(self, edge: App, users: Callable[[], Collection[Site]], port: int) -> None:
        self._edge = edge
        self._users = users
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the script, or what the edge serves, with the script in it where it is a page."""
        if scope["type"] == "http" and scope["path"] == PATH:
            await answer(send, 200, [_SCRIPT], Path(__file__).with_name("aws.js").read_bytes())
        elif scope["type"] == "http" and is_opened(scope) and self._has_users(header(scope, "host")):
            await self._edge(scope, receive, _scripting(send, self._port))
        else:
            await self._edge(scope, receive, send)

    def _has_users(self, host: str) -> bool:
        site = site_of(host)
        return site is not None and site in self._users()


def is_opened(scope: Scope) -> bool:
    """Whether a browser asks for a page to show (Sec-Fetch-Dest, Fetch Metadata)."""
    return scope["method"] == "GET" and header(scope, "sec-fetch-dest") in ("document", "iframe")


def with_script(body: bytes, port: int) -> bytes:
    """The page with the script before all others."""
    tag = f'<script src="{PATH}" data-aws="http://localhost:{port}"></script>'.encode()
    head = _HEAD.search(body)
    place = head.end() if head else 0
    return body[:place] + tag + body[place:]


def sites_with_users(pools: Iterable[Mapping[str, Any]]) -> set[Site]:
    """The sites of user ``pools``, as ministack keeps them, by the tags that name app and environment."""
    tags = (pool.get("UserPoolTags") or {} for pool in pools)
    return {
        Site(own["windlass:app"].lower(), own["windlass:environment"].lower())
        for own in tags
        if "windlass:app" in own and "windlass:environment" in own
    }


def _scripting(send: Send, port: int) -> Send:
    """A ``send`` that puts the script into an HTML response; the edge sends its body in one piece."""
    held: list[Message] = []

    async def scripting(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            held.append(message)
        elif held:
            start, body = held.pop(), with_script(message.get("body", b""), port)
            kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
            length = (b"content-length", str(len(body)).encode())
            await send({**start, "headers": [*kept, length]})
            await send({**message, "body": body})
        else:
            await send(message)

    return scripting


def _is_page(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    plain = b"content-encoding" not in headers
    return plain and headers.get(b"content-type", b"").startswith(b"text/html") and start["status"] != 304
