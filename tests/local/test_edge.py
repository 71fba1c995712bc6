import asyncio

import pytest

from engine.local.edge import Edge, sites_of, viewer_headers, without_tls
from engine.local.site import Site

SITE = Site("notes", "dev")
DISTRIBUTION = {"ARN": "arn:1", "DomainName": "d1.cloudfront.net", "enabled": True}


def _tags(app, environment):
    return [{"Key": "windlass:app", "Value": app}, {"Key": "windlass:environment", "Value": environment}]


def test_a_distribution_is_found_by_its_tags():
    other = {**DISTRIBUTION, "ARN": "arn:2"}
    off = {**DISTRIBUTION, "ARN": "arn:3", "enabled": False}
    untagged = {**DISTRIBUTION, "ARN": "arn:4"}
    tags = {"arn:1": _tags("Notes", "dev"), "arn:2": _tags("notes", "pr-1"), "arn:3": _tags("notes", "off")}
    found = sites_of([DISTRIBUTION, other, off, untagged], tags)
    assert found == {SITE: DISTRIBUTION, Site("notes", "pr-1"): other}


def test_the_viewer_seems_to_come_over_https_to_the_host_of_the_site():
    pairs = [
        (b"Host", b"dev.notes.localhost:4610"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x-forwarded-proto", b"http"),
    ]
    assert viewer_headers({"headers": pairs}, SITE.host) == {
        "host": "dev.notes.localhost",
        "cookie": "a=1; b=2",
        "x-forwarded-proto": "https",
    }


@pytest.mark.parametrize(
    ("location", "becomes"),
    [
        ("https://dev.notes.localhost/a?b#c", "http://dev.notes.localhost:4610/a?b#c"),
        ("https://D1.cloudfront.net", "http://dev.notes.localhost:4610"),
        ("https://d1.cloudfront.net:443/x", "http://dev.notes.localhost:4610/x"),
        ("https://d1.cloudfront.net.evil.example/", "https://d1.cloudfront.net.evil.example/"),
        ("https://elsewhere.example/", "https://elsewhere.example/"),
        ("/relative", "/relative"),
    ],
)
def test_a_redirect_to_the_site_itself_stays_on_this_machine(location, becomes):
    hosts = ("dev.notes.localhost", "d1.cloudfront.net")
    assert without_tls({"Location": location}, hosts, "http://dev.notes.localhost:4610") == [
        ("Location", becomes)
    ]


def test_strict_transport_security_is_left_out_and_repeated_headers_stay():
    headers = {"Strict-Transport-Security": "max-age=1", "Set-Cookie": ["a=1", "b=2"]}
    assert without_tls(headers, (), "") == [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]


def test_a_request_is_served_by_the_distribution():
    seen = []

    async def view(*given):
        seen.append(given)
        return 200, {"Content-Type": "text/css"}, "body{}"

    status, headers, body = _ask(view, "dev.notes.localhost:4610", "/a b.css", query=b"x=1&x=2")
    assert (status, body) == (200, b"body{}")
    assert headers[b"Content-Length"] == b"6"
    assert b"Date" in headers
    distribution, method, path, raw, query, _, payload, params, client = seen[0]
    assert (distribution, method, path, raw, query) == (
        DISTRIBUTION,
        "GET",
        "/a b.css",
        "/a%20b.css",
        "x=1&x=2",
    )
    assert (payload, params, client) == (b"", {"x": ["1", "2"]}, "127.0.0.1")


def test_head_has_the_headers_and_no_body():
    async def view(*given):
        return 200, {"Content-Length": "6"}, b"body{}"

    status, headers, body = _ask(view, "dev.notes.localhost", "/", method="HEAD")
    assert (status, headers[b"Content-Length"], body) == (200, b"6", b"")


@pytest.mark.parametrize("host", ["dev.other.localhost:4610", "<b>.localhost"])
def test_an_unknown_host_is_404_with_the_sites_there_are(host):
    status, _, body = _ask(None, host, "/")
    assert status == 404
    assert b'href="http://dev.notes.localhost:4610/"' in body
    assert b"<b>" not in body


def _ask(view, host, path, *, method="GET", query=b"", edge=None):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.replace(" ", "%20").encode(),
        "query_string": query,
        "headers": [(b"host", host.encode())],
    }
    asyncio.run((edge or Edge(lambda: {SITE: DISTRIBUTION}, view, 4610))(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def _named(view):
    return Edge(lambda: {SITE: DISTRIBUTION}, view, 4610, lambda _: ("example.com", "www.example.com"))


def test_a_host_that_is_the_domain_of_a_site_leads_to_it_under_that_name():
    seen = []

    async def view(*given):
        seen.append(given[5]["host"])
        return 301, {"Location": "https://example.com/a?b=c"}, b""

    for host in ("www.Example.com:4610", "dev.notes.localhost:4610"):
        status, headers, _ = _ask(view, host, "/a", edge=_named(view))
        assert (status, headers[b"Location"]) == (301, b"http://dev.notes.localhost:4610/a?b=c")
    assert seen == ["www.example.com", "dev.notes.localhost"]


def test_only_the_domains_of_sites_are_its():
    edge = _named(None)
    assert edge.has("example.com:4610")
    assert not edge.has("evil.example.com")
    assert not Edge(lambda: {SITE: DISTRIBUTION}, None, 4610).has("example.com")
