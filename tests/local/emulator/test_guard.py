import asyncio

import pytest

from engine.local.emulator.guard import Guard, refusal

CONTROL = "127.0.0.1:4610"


@pytest.mark.parametrize(
    ("host", "origin", "fetch_site"),
    [
        (CONTROL, "", ""),  # an SDK
        (CONTROL, "http://127.0.0.1:4610", "same-origin"),  # a page of ours, the hosted sign-in
        ("localhost:4610", "", "none"),  # typed by a person
        ("bucket.s3.amazonaws.com", "", ""),
        ("dev.notes.localhost:4610", "https://evil.example", "cross-site"),  # a site is public
    ],
)
def test_what_may_pass(host, origin, fetch_site):
    assert refusal(host, origin, fetch_site) == ""


@pytest.mark.parametrize(
    ("host", "origin", "fetch_site"),
    [
        (CONTROL, "https://evil.example", ""),
        (CONTROL, "null", ""),
        (CONTROL, "http://localhost:4610", ""),  # another origin, even if it is ours
        (CONTROL, "http://127.0.0.1:3000", "same-site"),
        (CONTROL, "http://dev.notes.localhost:4610", "cross-site"),  # sites never reach the control plane
        (CONTROL, "", "cross-site"),  # an image, a link
        ("rebound.evil.example:4610", "", ""),
        ("rebound.evil.example:4610", "http://rebound.evil.example:4610", "same-origin"),
        ("x.amazonaws.com", "http://x.amazonaws.com", ""),
        ("", "", ""),
    ],
)
def test_what_may_not(host, origin, fetch_site):
    assert refusal(host, origin, fetch_site)


@pytest.mark.parametrize(
    ("scope", "headers", "outcome"),
    [
        ("http", {"host": CONTROL}, "control"),
        ("http", {"host": "dev.notes.localhost"}, "edge"),
        ("http", {"host": CONTROL, "origin": "https://evil.example"}, 403),
        ("websocket", {"host": CONTROL, "origin": "https://evil.example"}, "websocket.close"),
        ("websocket", {"host": "evil.example"}, "websocket.close"),
        ("http", {}, 403),
        ("http", {"host": "notes.example.com"}, "edge"),
        ("http", {"host": "notes.example.com", "origin": "https://evil.example"}, "edge"),
    ],
)
def test_where_a_request_goes(scope, headers, outcome):
    assert asyncio.run(_outcome(scope, headers)) == outcome


def test_two_hosts_in_one_request_are_refused():
    pairs = [(b"host", b"dev.notes.localhost"), (b"host", CONTROL.encode())]
    assert asyncio.run(_outcome("http", pairs)) == 403


async def _outcome(kind, headers):
    went = []

    def app(name):
        async def reached(scope, receive, send):
            went.append(name)

        return reached

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        went.append(message.get("status", message["type"]))

    pairs = [(k.encode(), v.encode()) for k, v in headers.items()] if isinstance(headers, dict) else headers
    guard = Guard(app("edge"), app("control"), lambda host: host in ("notes.example.com", CONTROL))
    await guard({"type": kind, "headers": pairs}, receive, send)
    return went[0]
