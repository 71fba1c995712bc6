"""The edge beyond files and plain redirects: other hosts, countries, slashes, passwords, many rules."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.publish.gate import gate_of
from engine.publish.redirects import compile_redirect
from engine.spec.model import Redirect

OWN = "releases/0123456789ab/"
API = ("/api/<*>", "https://api.example/v1/<*>", "200")
SITE = ["index.html", "about.html", "blog/index.html", "api/local.html", "404.html"]


@pytest.mark.parametrize(
    ("rule", "uri", "origin", "sent"),
    [
        (API, "/api/users/7", "https-api.example", "/v1/users/7"),
        (API, "/api/", "https-api.example", "/v1/"),
        (API, "/api/a%2Fb%20c/%C3%A9;x=1", "https-api.example", "/v1/a%2Fb%20c/%C3%A9;x=1"),
        (("/x", "http://o.example:8080/y z", "200"), "/x", "http-o.example-8080", "/y%20z"),
        (("/x", "//o.example", "200"), "/x", "https-o.example", "/"),
        (("/u/<id>/avatar", "https://o.example/<id>.png", "200"), "/u/7/avatar", "https-o.example", "/7.png"),
        (("/<*>", "https://o.example/<*>", "200"), "/about", "https-o.example", "/about"),
        (("/é/<*>", "https://o.example/<*>", "200"), "/%C3%A9/x", "https-o.example", "/x"),
        (("https://site.example/a/<*>", "https://o.example/<*>", "200"), "/a/x", "https-o.example", "/x"),
    ],
)
def test_a_reverse_proxy_sends_the_path_as_it_came(edge, rule, uri, origin, sent):
    answer = edge(SITE, [rule]).get(uri, {"q": {"value": "1"}}, method="POST")
    assert (answer.sent["origin"], answer.sent["uri"]) == (origin, sent)
    assert answer.sent["querystring"] == {"q": {"value": "1"}}


def test_the_answer_of_another_host_stays_as_it_is(edge):
    answer = edge(SITE, [API], [("**/*", {"X-A": "1"})]).get("/api/x")
    assert answer.status == 200
    assert answer.headers["server"] == "theirs"
    assert "x-a" not in answer.headers


def test_rules_before_a_proxy_come_first_and_what_it_does_not_take_is_the_sites(edge):
    rules = [
        ("/api/old/<*>", "/api/new/<*>", "301"),
        ("/api/local", "/api/local.html", "200"),
        ("https://other.example/api/<*>", "https://o.example/<*>", "200"),
    ]
    site = edge(SITE, rules, [("/api/*", {"x-a": "1"})])
    assert site.get("/api/old/x", method="POST").location == "/api/new/x"
    local = site.get("/api/local")
    assert (local.file, local.headers["x-a"]) == (OWN + "api/local.html", "1")
    assert site.get("/api/local", method="POST").status == 405
    assert site.get("/api/gone").file == OWN + "~404/404.html"
    assert site.get("/api/x", host="other.example").sent["uri"] == "/x"


def test_a_path_written_in_another_way_is_not_cached_as_a_file(edge):
    assert edge(SITE, [API]).get("/%61pi/x").file == OWN + "~404/404.html"


def test_a_release_that_wants_another_distribution(edge):
    assert edge(SITE, [API], deployed=False).get("/api/x").status == 502


@pytest.mark.parametrize(
    ("country", "location"), [("US", "/us"), ("DE", "/de"), ("FR", "/any"), (None, "/any")]
)
def test_rules_by_country(edge, country, location):
    rules = [("/", "/us", "302", "<US>"), ("/", "/de", "302", "<DE>"), ("/", "/any", "302")]
    headers = {"cloudfront-viewer-country": country} if country else {}
    assert edge(SITE, rules).get("/", headers=headers).location == location


@pytest.mark.parametrize(
    ("slash", "uri", "expected"),
    [
        ("remove", "/blog/", "/blog"),
        ("remove", "/blog", OWN + "blog/index.html"),
        ("remove", "/about/", "/about"),
        ("remove", "/about", OWN + "about.html"),
        ("remove", "/", OWN + "index.html"),
        ("remove", "/notes/5/", "/notes/5"),
        ("remove", "/notes/5", OWN + "index.html"),
        ("remove", "//blog//", "/blog"),
        ("remove", "/about.html", OWN + "about.html"),
        ("remove", "/a.png/", OWN + "index.html"),
        ("add", "/blog", "/blog/"),
        ("add", "/blog/", OWN + "blog/index.html"),
        ("add", "/about", "/about/"),
        ("add", "/about/", OWN + "about.html"),
        ("add", "/about.html", OWN + "about.html"),
        ("add", "/notes/5", "/notes/5/"),
        ("add", "/", OWN + "index.html"),
        ("keep", "/blog", OWN + "blog/index.html"),
        ("keep", "/blog/", OWN + "blog/index.html"),
        ("keep", "/about", OWN + "about.html"),
        ("keep", "/about/", OWN + "about.html"),
        ("keep", "/notes/5/", OWN + "index.html"),
    ],
)
def test_trailing_slashes(edge, slash, uri, expected):
    answer = edge(SITE[:3], [("/<*>", "/index.html", "404-200")], slash=slash).get(uri, {"a": {"value": "1"}})
    location = answer.location.removesuffix("?a=1")
    assert (location or answer.file) == expected
    assert answer.status == (301 if location else 200)


def test_a_page_for_404_has_no_other_address(edge):
    assert edge(SITE, slash="add").get("/gone").status == 404


def _login(login):
    return {"authorization": f"Basic {base64.b64encode(login.encode()).decode()}"}


def test_only_who_knows_a_login_gets_in(edge):
    site = edge(SITE, [API], gate=gate_of("ann:s3cret\nbob:pässwörd", "LOGIN", "notes/pr-7"))
    for login in ("ann:s3cret", "bob:pässwörd"):
        assert site.get("/about", headers=_login(login)).file == OWN + "about.html"
    for headers in ({}, _login("ann:wrong"), _login("ann:s3cre"), {"authorization": "Bearer x"}):
        answer = site.get("/about", headers=headers)
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Basic realm=")
        assert answer.headers["cache-control"] == "no-store"
        assert "x-windlass-release" not in answer.headers
    assert "authorization" not in site.get("/api/x", headers=_login("ann:s3cret")).sent["headers"]


def test_without_a_gate_a_token_goes_to_the_other_host(edge):
    given = {"authorization": "Bearer x"}
    assert edge(SITE, [API]).get("/api/x", headers=given).sent["headers"]["authorization"] == {
        "value": "Bearer x"
    }


MANY = [
    *((f"/blog/post-{n}", f"/posts/{n}", "301") for n in range(200)),
    *((f"/docs/v{n}/<*>", f"/manual/{n}/<*>", "301") for n in range(60)),
    *((f"/shop-{n}/<id>", f"/store/{n}/<id>", "302") for n in range(36)),
    ("</^/legacy-[0-9]+$/>", "/legacy", "302"),
    ("/<year>/<slug>", "/archive/<year>/<slug>", "301"),
    ("/<*>", "/index.html", "404-200"),
]


def test_of_three_hundred_rules_few_are_read(edge):
    site = edge(["index.html"], MANY)
    for uri, location in [
        ("/blog/post-199", "/posts/199"),
        ("/docs/v59/a/b", "/manual/59/a/b"),
        ("/shop-35/7", "/store/35/7"),
        ("/legacy-7", "/legacy"),
        ("/2024/hello", "/archive/2024/hello"),
        ("/", ""),
    ]:
        answer = site.get(uri)
        assert (answer.location, answer.reads <= 6) == (location, True), (uri, answer.reads)


def _answer_of_all(rules, uri):
    """What a plain walk over all rules says."""
    for source, target, status in rules:
        rule = compile_redirect(Redirect(source=source, target=target, status=status))
        found = re.search(rule.path, uri)
        if found:
            return "".join(part if isinstance(part, str) else found.groups()[part] for part in rule.target)
    return ""


SEGMENT = st.sampled_from(["a", "b", "c", "<x>", "x<y>"])
SOURCES = st.builds(
    lambda segments, rest: "/" + "/".join(segments) + rest,
    st.lists(SEGMENT, max_size=4, unique=True),
    st.sampled_from(["", "/", "/<*>", "<*>"]),
).filter(lambda source: source.count("<x>") < 2 and not source.startswith("//"))
PATHS = st.lists(st.sampled_from(["a", "b", "c", "xa", "d", ""]), max_size=5).map(lambda s: "/" + "/".join(s))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sources=st.lists(SOURCES, min_size=5, max_size=12), uris=st.lists(PATHS, min_size=5, max_size=5))
def test_the_index_changes_nothing_about_which_rule_is_first(edge, sources, uris):
    rules = [(source, f"/t{n}/" + "z" * 250, "302") for n, source in enumerate(sources)]
    site = edge(["q.txt"], rules)
    for uri in uris:
        if not uri.startswith("//"):
            assert site.get(uri).location == _answer_of_all(rules, uri), uri
