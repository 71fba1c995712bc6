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


SITE = "http://dev.notes.localhost:4610"
S3 = "/~aws/files.s3.us-east-1.amazonaws.com/private/a.png"
SESSION = "AWS4-HMAC-SHA256 Credential=ASIAQX/20261125/us-east-1/s3/aws4_request"


@pytest.mark.parametrize(
    ("path", "headers", "outcome"),
    [
        ("/~aws/cognito-idp.us-east-1.amazonaws.com/", {"origin": SITE}, "control"),
        (S3, {"origin": SITE, "authorization": SESSION}, "control"),
        (S3, {"origin": "http://localhost:5173", "authorization": SESSION}, "control"),
        (S3, {"sec-fetch-site": "cross-site"}, "control"),  # an image
        (S3, {"origin": "https://evil.example", "authorization": SESSION}, 403),
        (S3, {"origin": "http://localhost.evil.example"}, 403),
        (S3, {"origin": SITE, "authorization": SESSION.replace("ASIAQX", "test")}, 403),  # root
        (S3, {"origin": SITE, "authorization": SESSION.replace("ASIAQX", "000000000000")}, 403),
        (S3, {"origin": SITE, "authorization": SESSION.replace("ASIAQX", "")}, 403),
        (f"{S3}?X-Amz-Credential=test%2F20261125", {"origin": SITE}, 403),
        ("/~aws/lambda.us-east-1.amazonaws.com/2015-03-31/functions", {"origin": SITE}, 403),
        ("/~aws/files.s3.amazonaws.com/_ministack/reset", {"origin": SITE}, 403),
        ("/~aws/evil.example/", {"origin": SITE}, 403),
    ],
)
def test_what_pages_may_ask_of_aws(path, headers, outcome):
    assert asyncio.run(_outcome("http", {"host": CONTROL, **headers}, path)) == outcome


def test_an_api_is_called_by_pages_of_this_machine_and_no_others():
    api = {"host": "a1b2.execute-api.localhost:4610"}
    assert asyncio.run(_outcome("http", {**api, "origin": SITE})) == "control"
    assert asyncio.run(_outcome("http", {**api, "origin": "https://evil.example"})) == 403
    assert asyncio.run(_outcome("http", {**api, "origin": SITE}, "/_ministack/reset")) == "control"  # its own


def test_two_hosts_in_one_request_are_refused():
    pairs = [(b"host", b"dev.notes.localhost"), (b"host", CONTROL.encode())]
    assert asyncio.run(_outcome("http", pairs)) == 403


async def _outcome(kind, headers, target="/"):
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
    path, _, query = target.partition("?")
    scope = {"type": kind, "headers": pairs, "path": path, "query_string": query.encode()}
    guard = Guard(app("edge"), app("control"), lambda host: host in ("notes.example.com", CONTROL))
    await guard(scope, receive, send)
    return went[0]
