"""The script in the pages of sites with users."""

import asyncio

import pytest

from engine.local.page_script import PATH, PageScript, sites_with_users, with_script
from engine.local.site import Site

SITE = Site("notes", "dev")
PAGE = b"<!doctype html><html><head lang=en><title>x</title></head></html>"


def served(path="/", dest="document", content_type=b"text/html; charset=utf-8", users=(SITE,), status=200):
    async def edge(scope, receive, send):
        headers = [(b"Content-Type", content_type), (b"Content-Length", str(len(PAGE)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE})

    sent = []

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"dev.notes.localhost:4610"), (b"sec-fetch-dest", dest.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
    asyncio.run(PageScript(edge, lambda: set(users), 4610)(scope, None, send))
    start, body = sent
    length = {name.lower(): value for name, value in start["headers"]}[b"content-length"]
    assert int(length) == len(body["body"])
    return body["body"]


def test_a_page_that_is_opened_has_it_before_all_other_scripts():
    page = served()
    tag = page.index(b"<script")
    assert page[:tag].endswith(b"<head lang=en>")
    assert b'data-aws="http://localhost:4610"' in page


@pytest.mark.parametrize(
    "other",
    [
        {"dest": "empty"},  # fetch
        {"dest": ""},  # no browser: the checks of a deployment
        {"content_type": b"application/json"},
        {"users": ()},
        {"status": 304},
    ],
)
def test_everything_else_is_as_cloudfront_would_serve_it(other):
    assert served(**other) == PAGE


def test_the_script_itself():
    script = served(PATH)
    assert b"amazonaws" in script


def test_a_page_without_a_head_has_it_at_the_beginning():
    assert with_script(b"<p>x", 1).startswith(b"<script")


def test_sites_with_users_are_known_by_the_tags_of_pools():
    tags = {"windlass:app": "Notes", "windlass:environment": "dev"}
    pools = [{"UserPoolTags": tags}, {"UserPoolTags": {}}, {}, {"UserPoolTags": None}]
    assert sites_with_users(pools) == {SITE}
