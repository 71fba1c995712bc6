"""Pages as they are: whatever the status, wherever they point."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from engine.verify.web import UNREACHABLE, Web
from tests.serving import serving


@contextmanager
def answering(status, headers=(), body=b""):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with serving(Handler) as port:
        yield f"http://127.0.0.1:{port}", asked


def test_a_redirect_is_not_followed():
    with answering(301, [("Location", "/new")]) as (url, asked):
        answer = Web(local=True).get(f"{url}/old", {})
    assert (answer.status_code, answer.headers["location"], len(asked)) == (301, "/new", 1)


def test_an_error_is_an_answer():
    with answering(503, body=b"later") as (url, _):
        answer = Web(local=True).get(f"{url}/", {})
    assert (answer.status_code, answer.content) == (503, b"later")


def test_a_header_that_comes_twice_is_one_with_both_values():
    with answering(200, [("X-Team", "a"), ("x-team", "b")]) as (url, _):
        assert Web(local=True).get(f"{url}/", {}).headers["x-team"] == "a, b"


def test_the_host_can_be_another_than_the_one_that_is_asked():
    with answering(200) as (url, asked):
        Web(local=True).get(f"{url}/a?b", {"Host": "prod.notes.localhost"})
    assert asked == [("/a?b", "prod.notes.localhost")]


def test_only_a_site_elsewhere_is_asked_for_by_the_proxy(monkeypatch):
    with answering(200) as (proxy, asked), answering(200) as (here, asked_here):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        Web(local=False).get("http://site.example/x", {})
        Web(local=True).get(f"{here}/y", {})
    assert [path for path, _ in asked] == ["http://site.example/x"]
    assert [path for path, _ in asked_here] == ["/y"]


def test_nobody_there():
    with answering(200) as (url, _):
        pass
    with pytest.raises(UNREACHABLE):
        Web(local=True).get(url, {})
