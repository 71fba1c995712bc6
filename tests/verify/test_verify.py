"""The checks against a real HTTP server on this machine that answers from a table."""

import asyncio
import hashlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from engine.bundle.model import Bundle, BundleFile
from engine.events import Checked, ignore
from engine.publish.entries import compile_entries
from engine.publish.gate import gate_of
from engine.publish.manifest import Manifest, ManifestFile
from engine.spec.model import Header, HeaderRule, Redirect
from engine.verify import VerifyRequest, verify
from tests.serving import serving

HTML, SCRIPT = "text/html; charset=utf-8", "text/javascript; charset=utf-8"
FILES = {"index.html": (HTML, b"<h1>notes</h1>"), "assets/app-1a2b3c4d.js": (SCRIPT, b"1")}
REDIRECTS = (
    Redirect(source="/old/<*>", target="/new/<*>", status="301"),
    Redirect(source="/<*>", target="/index.html", status="404-200"),
)
HEADERS = (
    HeaderRule(pattern="**/*.js", headers=(Header(key="X-Frame-Options", value="DENY"),)),
    HeaderRule(pattern="assets/*", headers=(Header(key="X-Frame-Options", value="SAMEORIGIN"),)),
)


def manifest(files=FILES, redirects=REDIRECTS, headers=HEADERS):
    stored = [
        (path, len(data), hashlib.sha256(data).hexdigest(), kind, path.startswith("assets/"))
        for path, (kind, data) in sorted(files.items())
    ]
    bundle = Bundle(
        None,
        tuple(BundleFile(p, n, sha, kind, "", shared) for p, n, sha, kind, shared in stored),
        redirects,
        headers,
    )
    entries = compile_entries(bundle, "r1")
    return Manifest(
        "r1",
        "",
        "",
        "",
        tuple(
            ManifestFile(p, sha, n, k, "", "assets" if shared else "release")
            for p, n, sha, k, shared in stored
        ),
        entries.keys,
        entries.live,
        entries.not_found_copies,
        redirects,
        headers,
    )


class Server:
    """Answers as a good edge does; a test changes one answer. ``old`` answers name the release before."""

    def __init__(self):
        self.answers = {
            "/": (200, HTML, FILES["index.html"][1], {}),
            "/index.html": (200, HTML, FILES["index.html"][1], {}),
            "/assets/app-1a2b3c4d.js": (200, SCRIPT, b"1", {"X-Frame-Options": "SAMEORIGIN"}),
            "/old/windlass-check": (301, HTML, b"", {"Location": "/new/windlass-check"}),
        }
        self.missing = (200, HTML, FILES["index.html"][1], {})
        self.old = 0
        self.login = None
        self.hosts = set()
        self.port = 0

    @contextmanager
    def running(self):
        with serving(self._handler()) as self.port:
            yield self

    def _handler(outer):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.hosts.add(self.headers["Host"])
                outer.old -= 1
                status, kind, body, headers = outer.answers.get(self.path, outer.missing)
                if outer.login and self.headers["Authorization"] != outer.login:
                    status = 401
                self.send_response(status)
                release = "r0" if outer.old >= 0 else "r1"
                sent = {"Content-Type": kind, "Content-Length": len(body), "x-windlass-release": release}
                for name, value in {**sent, **headers}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        return Handler


@pytest.fixture
def server():
    with Server().running() as running:
        yield running


def run(server, made=None, patience=0.3, emit=ignore):
    url = f"http://prod.notes.localhost:{server.port}/"
    return asyncio.run(verify(VerifyRequest(url, made or manifest(), patience), emit))


def failed(checks):
    return {check.name: check.message for check in checks if not check.passed}


def test_a_good_release_passes_every_check(server):
    events = []
    checks = run(server, emit=events.append)
    assert [check.name for check in checks] == [
        "release",
        "front-page",
        "content",
        "deep-link",
        "redirect",
        "header",
    ]
    assert failed(checks) == {}
    assert [e.check for e in events if isinstance(e, Checked)] == [check.name for check in checks]
    assert server.hosts == {f"prod.notes.localhost:{server.port}"}


def test_a_gate_is_passed_and_must_keep_strangers_out(server):
    gate = gate_of("ann:one", "LOGIN", "notes/prod")
    server.login = gate.header["Authorization"]
    url = f"http://prod.notes.localhost:{server.port}/"
    checks = asyncio.run(verify(VerifyRequest(url, manifest(), 0.3, gate), ignore))
    assert (checks[-1].name, failed(checks)) == ("basic-auth", {})
    server.login = None
    checks = asyncio.run(verify(VerifyRequest(url, manifest(), 0.3, gate), ignore))
    assert failed(checks) == {"basic-auth": "/ answers 200 without a login"}


def test_it_waits_for_the_release_that_was_activated(server):
    server.old = 3
    assert failed(run(server, patience=5)) == {}


def test_another_release_fails_and_ends_the_checks(server):
    server.old = 10_000
    checks = run(server)
    assert failed(checks) == {"release": "release r0 answers, not r1"}
    assert len(checks) == 1


def test_a_place_that_has_not_learned_of_the_change_is_asked_again(server):
    server.answers["/assets/app-1a2b3c4d.js"] = (404, HTML, b"", {"x-windlass-release": "r1"})
    assert "content" in failed(run(server))


@pytest.mark.parametrize(
    ("path", "answer", "name", "words"),
    [
        ("/", (500, HTML, b"", {}), "front-page", "answers 500"),
        ("/", (200, "text/plain", FILES["index.html"][1], {}), "front-page", "text/plain"),
        ("/", (200, HTML, b"<h1>other</h1>", {}), "content", "not the file that was published"),
        ("/assets/app-1a2b3c4d.js", (200, HTML, b"1", {"X-Frame-Options": "SAMEORIGIN"}), "content", "type"),
        ("/assets/app-1a2b3c4d.js", (404, HTML, b"", {"X-Frame-Options": "SAMEORIGIN"}), "content", "404"),
        ("/assets/app-1a2b3c4d.js", (200, SCRIPT, b"1", {}), "header", "has no x-frame-options"),
        ("/assets/app-1a2b3c4d.js", (200, SCRIPT, b"1", {"X-Frame-Options": "DENY"}), "header", "SAMEORIGIN"),
        ("/old/windlass-check", (302, HTML, b"", {"Location": "/new/windlass-check"}), "redirect", "not 301"),
        ("/old/windlass-check", (301, HTML, b"", {"Location": "/elsewhere"}), "redirect", "/elsewhere, not"),
    ],
)
def test_each_wrong_answer_fails_its_check(server, path, answer, name, words):
    server.answers[path] = answer
    messages = failed(run(server))
    assert words in messages[name]


def test_a_deep_link_without_a_page_fails(server):
    server.missing = (404, HTML, b"", {})
    assert "not 200" in failed(run(server))["deep-link"]


def test_a_404_page_is_expected_where_the_rules_say_so(server):
    made = manifest({**FILES, "404.html": (HTML, b"nothing")}, redirects=(), headers=())
    assert "not 404" in failed(run(server, made))["deep-link"]
    server.missing = (404, HTML, b"nothing", {})
    assert failed(run(server, made)) == {}


def test_a_site_that_cannot_be_reached_is_a_failed_check():
    with Server().running() as gone:
        pass
    assert "cannot be reached" in failed(run(gone))["release"]


def test_an_absolute_location_of_the_same_site_is_the_same(server):
    location = f"http://prod.notes.localhost:{server.port}/new/windlass-check"
    server.answers["/old/windlass-check"] = (301, HTML, b"", {"Location": location})
    assert failed(run(server)) == {}
