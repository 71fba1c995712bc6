"""The little of ASGI (asgi.readthedocs.io) that the local target speaks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from email.utils import formatdate
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: str) -> str:
    """All values of the request header ``name`` (lower case), joined with a comma; empty if there is none."""
    key = name.encode()
    values = [value.decode("latin-1") for found, value in scope.get("headers", ()) if found.lower() == key]
    return ", ".join(values)


async def body_of(receive: Receive) -> bytes:
    """The whole body of the request."""
    chunks = bytearray()
    while True:
        message = await receive()
        chunks += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(chunks)


async def answer(
    send: Send, status: int, headers: list[tuple[str, str]], body: bytes = b"", *, head: bool = False
) -> None:
    """Send a whole response; with ``head`` its headers only."""
    names = {name.lower() for name, _ in headers}
    if "content-length" not in names and status not in (204, 304):
        headers = [*headers, ("Content-Length", str(len(body)))]
    if "date" not in names:
        headers = [*headers, ("Date", formatdate(usegmt=True))]
    encoded = [(name.encode("latin-1"), value.encode("utf-8")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": b"" if head else body})


async def answer_text(send: Send, status: int, text: str) -> None:
    """Send a plain text response."""
    await answer(send, status, [("Content-Type", "text/plain; charset=utf-8")], f"{text}\n".encode())


async def refuse_socket(receive: Receive, send: Send) -> None:
    """Refuse a WebSocket before it opens; the client sees 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})
