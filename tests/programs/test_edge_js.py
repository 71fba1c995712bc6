from __future__ import annotations

import json
import re
import runpy
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.publish.code import LIMIT, function_code
from engine.publish.entries import Entries
from engine.publish.fingerprint import is_fingerprinted

RELEASE = "0123456789ab"
OWN = f"releases/{RELEASE}/"
ERROR_PAGE = "errors/404.html"
SPA = ["index.html", "assets/index-B1xYz9_2.js", "favicon.ico", "robots.txt"]
SITE = ["index.html", "about.html", "blog/index.html", "blog/first.html", "docs/a b.html", "404.html"]
AMPLIFY_SPA = (
    "</^[^.]+$|\\.(?!(css|gif|ico|jpg|js|png|txt|svg|woff|woff2|ttf|map|json|webp)$)([^.]+$)/>",
    "/index.html",
    "200",
)


def test_before_the_first_release(edge):
    nothing = replace(edge(SPA), entries=Entries({}, ""))
    answer = nothing.get("/")
    assert answer.status == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("uri", "key"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/about", "about.html"),
        ("/about.html", "about.html"),
        ("/blog/", "blog/index.html"),
        ("/blog/index.html", "blog/index.html"),
        ("/blog/index", "blog/index.html"),
        ("/blog/first", "blog/first.html"),
        ("/docs/a%20b", "docs/a b.html"),
    ],
)
def test_clean_urls(edge, uri, key):
    answer = edge(SITE).get(uri)
    assert (answer.status, answer.file) == (200, OWN + key)
    assert answer.headers["x-windlass-release"] == RELEASE
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("uri", "query", "location"),
    [
        ("/blog", {}, "/blog/"),
        ("/blog", {"a": {"value": "1"}}, "/blog/?a=1"),
        ("/about/", {}, "/about"),
        ("/docs/a%20b/", {}, "/docs/a%20b"),
    ],
)
def test_the_trailing_slash_is_put_right(edge, uri, query, location):
    answer = edge(SITE).get(uri, query)
    assert (answer.status, answer.location) == (301, location)


def test_names_with_several_endings_are_found_whatever_the_number_of_buckets(edge):
    odd = ["a/index/index.html", "x.html/index.html", "y.html.html", "index", "b/index"]
    for filler in ([], [f"f{n}.txt" for n in range(2000)]):
        site = edge([*odd, *filler])
        assert site.get("/a/index/").file == OWN + "a/index/index.html"
        assert site.get("/a/index").location == "/a/index/"
        assert site.get("/x.html").location == "/x.html/"
        assert site.get("/y.html").file == OWN + "y.html.html"
        assert site.get("/b/index").file == OWN + "b/index"
        assert site.get("/b").status == 404


@pytest.mark.parametrize("uri", ["/notes/5", "/notes/", "/a/b/c", "/caf%C3%A9", "/%zz", "//", "/notes%2F5"])
def test_a_single_page_app_answers_for_every_page(edge, uri):
    answer = edge(SPA).get(uri)
    assert (answer.status, answer.file) == (200, OWN + "index.html")


@pytest.mark.parametrize("uri", ["/gone.txt", "/gone.html", "/a/b.png", "/manifest.json", "/%2e%2e/x.js"])
def test_a_single_page_app_does_not_answer_for_missing_files(edge, uri):
    assert edge(SPA).get(uri).status == 404


def test_assets(edge):
    site = edge(SPA, old=["assets/index-oLd4Cxn8.js"])
    assert site.get("/assets/index-B1xYz9_2.js").file == "assets/assets/index-B1xYz9_2.js"
    assert site.get("/assets/index-oLd4Cxn8.js").file == "assets/assets/index-oLd4Cxn8.js"
    missing = site.get("/assets/index-mIss1ng0.js")
    assert (missing.status, missing.file) == (404, ERROR_PAGE)


def test_old_assets_answer_before_a_rule_for_missing_files(edge):
    site = edge(SPA, [("/<*>", "/index.html", "404-200")], old=["assets/index-oLd4Cxn8.js"])
    assert site.get("/assets/index-oLd4Cxn8.js").file == "assets/assets/index-oLd4Cxn8.js"
    assert site.get("/assets/index-mIss1ng0.js").status == 404
    assert site.get("/gone.txt").file == OWN + "index.html"


@pytest.mark.parametrize("uri", ["/gone", "/gone.txt", "/blog/gone/"])
def test_a_404_page_of_the_site(edge, uri):
    answer = edge(SITE).get(uri)
    assert (answer.status, answer.file) == (404, OWN + "~404/404.html")
    assert not [name for name in answer.headers if name.startswith("x-amz-") or name == "server"]


def test_nothing_answers(edge):
    answer = edge(["a.txt"]).get("/")
    assert (answer.status, answer.file) == (404, "")
    assert answer.headers["x-windlass-release"] == RELEASE
    assert edge([]).get("/").status == 404


@pytest.mark.parametrize(
    "uri",
    [
        f"/{OWN}index.html",
        "/~404/404.html",
        "/errors/404.html",
        "/manifests/x.json",
        "/live",
        "/assets/a.txt",
    ],
)
def test_what_is_behind_the_edge_cannot_be_asked_for(edge, uri):
    assert edge([*SITE, "a.txt"]).get(uri).file == OWN + "~404/404.html"


def test_parent_folders_stay_out_of_the_shared_folder(edge):
    assert edge(["a.txt"]).get("/x/../_next/static/a.js").file == ""


@pytest.mark.parametrize(
    ("name", "uris"),
    [
        ("a b.txt", ["/a%20b.txt", "/a b.txt"]),
        ("a+b.txt", ["/a+b.txt", "/a%2Bb.txt", "/a%2bb.txt"]),
        ("100%.txt", ["/100%25.txt", "/100%.txt"]),
        ("%41.txt", ["/%2541.txt"]),
        ("a#b?.txt", ["/a%23b%3F.txt", "/a%23b%3f.txt"]),
        ("café/ü.txt", ["/caf%C3%A9/%C3%BC.txt", "/caf%c3%a9/ü.txt", "/café%2Fü.txt"]),
        ("日本語.html", ["/%E6%97%A5%E6%9C%AC%E8%AA%9E", "/日本語.html"]),
        (
            "😀!'()*~&=;,@$.txt",
            ["/%F0%9F%98%80!'()*~&=;,@$.txt", "/😀%21%27%28%29%2A%7E%26%3D%3B%2C%40%24.txt"],
        ),
    ],
)
def test_odd_names(edge, name, uris):
    site = edge([name])
    for uri in uris:
        assert site.get(uri).file == OWN + name


@pytest.mark.parametrize(
    ("rule", "uri", "location"),
    [
        (("/original.html", "/destination.html", "301"), "/original.html", "/destination.html"),
        (("/docs/<*>", "/documents/<*>", "301"), "/docs/a/b.html", "/documents/a/b.html"),
        (("/docs/<*>", "/documents/<*>", "302"), "/docs/", "/documents/"),
        (("/docs/<*>", "/documents/<*>", "301"), "/docs/a%20b/%C3%A9%3F", "/documents/a%20b/%C3%A9%3F"),
        (("/<y>/<m>/<slug>", "/blog/<slug>?y=<y>", "301"), "/2024/05/hi", "/blog/hi?y=2024"),
        (("/p/<*>.php", "/p/<*>.html", "301"), "/p/a/b.php", "/p/a/b.html"),
        (("/café", "/kaffee", "301"), "/caf%C3%A9", "/kaffee"),
        (("/caf%C3%A9", "/ü b", "301"), "/caf%c3%a9", "/%C3%BC%20b"),
        (("/a", "https://other.example/x#y", "302"), "/a", "https://other.example/x#y"),
        (("/a", "//other.example/x", "302"), "/a", "https://other.example/x"),
        (("</^\\/(old|older)\\//>", "/new/", "301"), "/older/x", "/new/"),
        (("</index\\.html/>", "/", "301"), "/x/index.html", "/"),
        (("/<*>", "https://other.example/<*>", "301"), "/x/y", "https://other.example/x/y"),
        (("https://Site.Example", "https://www.site.example", "301"), "/x/y", "https://www.site.example/x/y"),
        (("https://site.example", "https://w.example/<*>.html", "301"), "/x", "https://w.example/x.html"),
        (("https://site.example", "https://w.example/?from=old", "301"), "/x", "https://w.example/?from=old"),
        (("https://site.example/", "https://w.example/d/", "302"), "/", "https://w.example/d/"),
        (("https://site.example/x/<*>", "/y/<*>", "302"), "/x/z", "/y/z"),
        (("/old/<*>", "/<*>", "301"), "/old//evil.example", "/evil.example"),
        (("/old/<*>", "/<*>", "301"), "/old/%0d%0aset-cookie:x", "/%0D%0Aset-cookie%3Ax"),
        (("/a.c", "/b", "301"), "/a.c", "/b"),
    ],
)
def test_redirects(edge, rule, uri, location):
    answer = edge(["index.html"], [rule]).get(uri)
    assert (answer.status, answer.location) == (int(rule[2]), location)
    assert answer.headers["x-windlass-release"] == RELEASE
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("rule", "uri"),
    [
        (("/original.html", "/destination.html", "301"), "/Original.html"),
        (("/a.c", "/b", "301"), "/abc"),
        (("/docs/<*>", "/documents/<*>", "301"), "/docs"),
        (("/x/<a>", "/y/<a>", "301"), "/x/1/2"),
        (("https://other.example", "https://www.other.example", "301"), "/"),
        (("https://site.example:81", "https://www.other.example", "301"), "/"),
        (("/<*>", "/<*>", "301"), "/x"),
    ],
)
def test_rules_that_do_not_match(edge, rule, uri):
    assert edge(["a.txt"], [rule]).get(uri).status == 404


@pytest.mark.parametrize(
    ("rule", "query", "location"),
    [
        (("/a", "/b", "301"), {"x": {"value": "1"}, "y": {"value": ""}}, "/b?x=1&y"),
        (("/a", "/b#c", "301"), {"x": {"value": "1"}}, "/b?x=1#c"),
        (("/a", "/b?z=2", "301"), {"x": {"value": "1"}}, "/b?z=2"),
        (("/a?id=<x>", "/b/<x>", "301"), {"id": {"value": "7"}, "y": {"value": "1"}}, "/b/7"),
        (("/a?id=<x>", "/b/<x>", "301"), {"id": {"value": "a%20%2F&b"}}, "/b/a%20/%26b"),
        (("/a?id=<x>&l=en", "/b/<x>", "301"), {"id": {"value": "7"}, "l": {"value": "en"}}, "/b/7"),
        (("/a?id=<x>&l=en", "/b/<x>", "301"), {"id": {"value": "7"}, "l": {"value": "de"}}, None),
        (("/a?id=<x>", "/b/<x>", "301"), {}, None),
        (
            ("/a", "/b", "301"),
            {"x": {"value": "1", "multiValue": [{"value": "1"}, {"value": "2"}]}},
            "/b?x=1&x=2",
        ),
        (("/a", "/b", "301"), {"x": {"value": 'é "#&='}}, "/b?x=%C3%A9%20%22%23%26%3D"),
        (("/a", "/b", "301"), {"x": {"value": "%C3%A9+%zz"}}, "/b?x=%C3%A9+%25zz"),
    ],
)
def test_the_query_string(edge, rule, query, location):
    answer = edge(["c.txt"], [rule]).get("/a", query)
    assert (answer.location or None) == location


def test_the_port_of_the_host_matters_only_where_the_rule_names_one(edge):
    rules = [("https://a.example:81", "/81", "302"), ("https://a.example", "/any", "302")]
    site = edge(["c.txt"], rules)
    assert site.get("/", host="A.example:81").location == "/81/"
    assert site.get("/", host="a.example:82").location == "/any/"


def test_the_first_rule_that_matches_decides(edge):
    rules = [
        ("/blog/<*>", "/news/<*>", "302"),
        ("/blog/first", "/never", "301"),
        ("/<*>", "/404.html", "404"),
    ]
    site = edge([*SITE, "news/index.html"], [*rules, ("/late", "/never", "301")])
    assert site.get("/blog/first").location == "/news/first"  # although the file is there
    assert site.get("/news/").file == OWN + "news/index.html"
    assert site.get("/late").status == 404


@pytest.mark.parametrize(
    ("rule", "uri", "key"),
    [
        (("/app/<*>", "/about.html", "200"), "/app/x/y", "about.html"),
        (("/app/<*>", "/about", "200"), "/app/x", "about.html"),
        (("/app/<*>", "/blog", "200"), "/app/x", "blog/index.html"),
        (("/b/<*>", "/blog/<*>.html", "200"), "/b/first", "blog/first.html"),
        (("/d/<*>", "/docs/<*>", "200"), "/d/a%20b.html", "docs/a b.html"),
        (("/<*>", "/about.html", "200"), "/index.html", "about.html"),
        (("/b/<*>", "/blog/<*>.html", "200"), "/b/gone", "~404/404.html"),
        (("/<*>", "/about.html?x=1", "404-200"), "/gone", "about.html"),
        (("/<*>", "/about.html", "404-200"), "/blog/first", "blog/first.html"),
        (("/<*>", "/gone.html", "404-200"), "/gone", "~404/404.html"),
        (("/<*>", "/about.html", "404"), "/gone", "~404/about.html"),
        (("/<*>", "/blog/", "404"), "/gone", "~404/blog/index.html"),
        (("/<*>", "/gone.html", "404"), "/gone", "~404/404.html"),
        (("/<x>/<y>", "/about.html", "404"), "/gone", "~404/404.html"),
        (AMPLIFY_SPA, "/notes/5", "index.html"),
        (AMPLIFY_SPA, "/gone.js", "~404/404.html"),
    ],
)
def test_rewrites(edge, rule, uri, key):
    answer = edge(SITE, [rule]).get(uri)
    assert (answer.status, answer.file) == (404 if "~404" in key else 200, OWN + key)


def test_rewrites_by_host_and_query(edge):
    rules = [("https://a.example/<*>", "/about.html", "200"), ("/x?p=<p>", "/blog/<p>.html", "200")]
    site = edge(SITE, rules, [("/about.html", {"x-about": "1"}), ("/blog/*", {"x-blog": "1"})])
    there = site.get("/gone", host="a.example")
    assert (there.file, there.headers["x-about"]) == (OWN + "about.html", "1")
    first = site.get("/x", {"p": {"value": "first"}})
    assert (first.file, first.headers["x-blog"]) == (OWN + "blog/first.html", "1")


@pytest.mark.parametrize(
    ("pattern", "uri", "applies"),
    [
        ("**/*", "/", True),
        ("**/*", "/assets/index-B1xYz9_2.js", True),
        ("*.js", "/assets/index-B1xYz9_2.js", True),
        ("/*.js", "/assets/index-B1xYz9_2.js", False),
        ("/assets/*", "/assets/index-B1xYz9_2.js", True),
        ("assets/**", "/assets/index-oLd4Cxn8.js", True),
        ("/index-*.js", "/assets/index-oLd4Cxn8.js", False),
        ("index.html", "/", True),
        ("index.html", "/notes/5", True),
        ("/", "/", True),
        ("/notes/*", "/notes/5", True),
        ("/notes/*", "/", False),
        ("/robots.{txt,xml}", "/robots.txt", True),
    ],
)
def test_header_patterns(edge, pattern, uri, applies):
    site = edge(SPA, headers=[(pattern, {"X-Found": "yes"})], old=["assets/index-oLd4Cxn8.js"])
    answer = site.get(uri)
    assert answer.status == 200
    assert answer.headers.get("x-found") == ("yes" if applies else None)


def test_of_header_rules_the_later_wins(edge):
    policy = "default-src 'self'; " * 150
    rules = [
        ("**/*", {"X-A": "1", "X-B": "é", "Cache-Control": "max-age=60", "Content-Security-Policy": policy}),
        ("*.html", {"x-a": "2"}),
    ]
    site = edge(SITE, headers=rules)
    assert int(json.loads(site.entries.live)["h"]) > 1
    page = site.get("/about").headers
    assert (page["x-a"], page["x-b"], page["cache-control"]) == ("2", "é", "max-age=60")
    assert page["content-security-policy"] == policy.strip()
    missing = site.get("/gone")
    assert (missing.status, missing.headers["x-a"], missing.headers["cache-control"]) == (
        404,
        "2",
        "no-cache",
    )


def test_a_viewer_cannot_say_what_was_found(edge):
    site = edge(SPA, headers=[("/notes/*", {"x-robots-tag": "noindex"})])
    assert site.get("/notes/5", {"~windlass": {"value": '["x","/y"]'}}).status == 400


def test_a_page_that_did_not_change_stays_304(edge):
    site = edge(SITE)
    headers = {"x-amz-meta-windlass-status": {"value": "404"}}
    event = {
        "context": {"eventType": "viewer-response"},
        "request": {"uri": "/gone", "querystring": {}, "headers": {}},
        "response": {"statusCode": 304, "headers": headers},
    }
    answer = site.run({**site.entries.keys, "live": site.entries.live}, event)
    assert (answer["statusCode"], list(answer["headers"])) == (304, ["x-windlass-release"])


def test_a_store_that_has_not_everything_yet(edge):
    site = edge(SPA, [("/a", "/b", "301")], [("**/*", {"x-a": "1"})])
    asked = {"uri": "/x", "querystring": {}, "headers": {}}
    request = {"context": {"eventType": "viewer-request"}, "request": asked}
    assert site.run({"live": site.entries.live}, request)["statusCode"] == 503
    response = {"statusCode": 200, "headers": {}}
    event = {"context": {"eventType": "viewer-response"}, "request": asked, "response": response}
    assert site.run({"live": site.entries.live}, event)["statusCode"] == 200


TEXT = st.text(st.sampled_from("ab/.<>*?=&%#+-_ é😀\\()[]{}|^$\n"), max_size=12)
URIS = st.one_of(TEXT, st.sampled_from(["a", "a/", "a/b.html", "%zz%E2", "a%00b", "ab%F0%9F"])).map(
    "/{}".format
)
RULES = st.tuples(
    st.one_of(
        st.sampled_from(
            ["/<*>", "/a/<*>", "/<x>/<*>", "/a?b=<x>", "</a(b)?/>", "</[/>", "https://site.example"]
        ),
        TEXT.map(lambda text: f"/{text}"),
    ),
    st.sampled_from(["/<*>", "/a/<*>", "/b/<x>", "/a", "/index.html", "/", "/a//b", "https://e.example/<*>"]),
    st.sampled_from(["200", "301", "302", "404", "404-200"]),
)
HEADERS = st.tuples(TEXT.filter(bool), st.just({"x-a": "1"}))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rules=st.lists(RULES, max_size=4), headers=st.lists(HEADERS, max_size=2), uri=URIS, value=TEXT)
def test_whatever_the_rules_every_path_gets_an_answer(edge, rules, headers, uri, value):
    from engine.errors import SpecError

    try:
        site = edge([*SITE, "a/index.html", "a/b.html"], rules, headers)
    except SpecError:
        return
    for _ in range(8):
        answer = site.get(uri, {"b": {"value": value}})
        assert answer.status in (200, 301, 302, 404)
        assert answer.location != uri
        if not answer.location.startswith("/"):
            return
        assert not answer.location.startswith("//")
        uri = answer.location.split("?")[0].split("#")[0]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    names=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9), max_size=5, unique=True
    )
)
def test_python_and_javascript_agree_about_every_name(edge, names):
    from urllib.parse import quote

    site = edge([*names, *(f"f{n}" for n in range(300))])
    for name in names:
        if not name.endswith("/") and not is_fingerprinted(name):
            assert site.get("/" + quote(name, safe="")).file == OWN + name


def test_what_ships_is_made_from_the_source():
    tool = runpy.run_path(str(Path(__file__).parents[2] / "tools/edge.py"))
    first = tool["MADE"].read_text(encoding="utf-8").partition("\n")[0]
    assert tool["digest"]() in first, "run `make edge`"


def test_the_code_is_small_enough_and_has_no_comments():
    code = function_code([f"/a{n}/*" for n in range(60)])
    assert len(code.encode()) <= LIMIT
    assert "\n//" not in code
    assert "import cf from 'cloudfront';\n" in code
    assert "@" not in code.replace("[^\\w\\-.~!*'():@", "")
    assert not re.search(r"\?\.[a-z]|\?\?|\.\.\.", function_code())


NJS_URIS = ["/", "/about", "/blog", "/b/first", "/old/a%20b", "/gone", "/%zz", "/assets/index-oLd4Cxn8.js"]
NJS_SCRIPT = """
const keys = %s;
const events = %s;
const cf = { kvs: () => ({ get: async (key, options) => {
  if (keys[key] === undefined) throw new Error('KeyNotFound');
  return options && options.format === 'json' ? JSON.parse(keys[key]) : keys[key];
} }) };
%s
function next() {
  return handler(events.shift()).then((answer) => {
    console.log(JSON.stringify(answer));
    return events.length && next();
  });
}
next();
"""


@pytest.mark.skipif(not shutil.which("njs"), reason="needs njs (apt-get install njs)")
def test_njs_which_cloudfront_resembles_does_the_same(edge, tmp_path):
    many = [(f"/rule-number-{n}/<*>", f"/target-number-{n}/<*>", "301") for n in range(40)]
    rules = [
        ("/b/<*>", "/blog/<*>.html", "200"),
        *many,
        ("/old/<*>", "/new/<*>", "301"),
        ("</^.z/>", "/z", "404"),
    ]
    site = edge([*SITE, "z.html"], rules, [("**/*.{html,js}", {"x-a": "é" * 300})])
    keys = {**site.entries.keys, "live": site.entries.live}
    requests = [{"uri": uri, "querystring": {"q": {"value": "1 2"}}, "headers": {}} for uri in NJS_URIS]
    events = [{"context": {"eventType": "viewer-request"}, "request": request} for request in requests]
    for request in requests:
        response = {"statusCode": 200, "headers": {"server": {"value": "S3"}}}
        event = {"context": {"eventType": "viewer-response"}, "request": request, "response": response}
        events.append(event)
    code = function_code().replace("import cf from 'cloudfront';", "")
    script = tmp_path / "edge.njs.js"
    script.write_text(NJS_SCRIPT % (json.dumps(keys), json.dumps(events), code), encoding="utf-8")
    done = subprocess.run(["njs", str(script)], capture_output=True, text=True, timeout=30, check=True)
    site.run.load()
    expected = [site.run(keys, event) for event in events]
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {name: value for name, value in answer.items() if name not in ("reads", "origin")}
        for answer in expected
    ]
