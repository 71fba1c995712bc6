"""Redirects, other hosts, countries, environments and passwords, as visitors of a deployment meet them."""

import json
from http.server import BaseHTTPRequestHandler

import pytest

from tests.serving import serving

pytestmark = pytest.mark.acceptance

LOGIN = "ann:s3cret-Wörd"
SPEC = """version: 1
app: plain-site
trailing_slash: remove
environments:
  prod: {{branch: main}}
  preview: {{branch: "*", pull_requests: true, basic_auth: PREVIEW_LOGIN}}
redirects:
  - {{source: /api/old, target: /about-the-api, status: 301}}
  - {{source: /api/<*>, target: "http://localhost:{port}/v1/<*>", status: 200}}
  - {{source: /here, target: /us, status: 302, condition: <US>}}
  - {{source: /here, target: /world, status: 302}}
  - {{source: /where, target: /prod, status: 302, environments: prod}}
  - {{source: /where, target: /preview, status: 302, environments: [preview]}}
  - {{source: /<*>, target: /404.html, status: 404}}
customHeaders:
  - {{pattern: "**/*", headers: [{{key: X-Robots-Tag, value: noindex}}], environments: preview}}
frontend:
  artifacts:
    baseDirectory: public
"""


class Api(BaseHTTPRequestHandler):
    """Says what it was asked; /v1/forbidden is 403."""

    def _answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        seen = {
            "method": self.command,
            "path": self.path,
            "body": self.rfile.read(length).decode(),
            "headers": {name.lower(): value for name, value in self.headers.items()},
        }
        data = json.dumps(seen).encode()
        self.send_response(403 if "forbidden" in self.path else 200)
        for name, value in (("Content-Type", "application/json"), ("Content-Length", str(len(data)))):
            self.send_header(name, value)
        self.send_header("Set-Cookie", "a=1; HttpOnly")
        self.send_header("Set-Cookie", "b=2")
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_DELETE = _answer  # noqa: N815

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def api():
    with serving(Api) as port:
        yield port


@pytest.fixture(scope="module")
def deployed(make_project, api):
    project = make_project()
    project.write("amplify.yml", SPEC.format(port=api))
    project.commit()
    project.deploy()
    return project


def test_another_host_gets_all_of_a_request_and_answers_as_it_is(deployed):
    sent = deployed.get(
        "/api/a%2Fb?x=1&x=2&y=%20",
        method="POST",
        content="body",
        headers={"cookie": "s=1", "authorization": "Bearer t", "x-mine": "m"},
    )
    seen = sent.json()
    assert (seen["method"], seen["path"], seen["body"]) == ("POST", "/v1/a%2Fb?x=1&x=2&y=%20", "body")
    headers = seen["headers"]
    assert (headers["cookie"], headers["authorization"], headers["x-mine"]) == ("s=1", "Bearer t", "m")
    assert headers["host"].startswith("localhost")
    assert sent.headers.get_list("set-cookie") == ["a=1; HttpOnly", "b=2"]
    assert deployed.get("/api/forbidden").status_code == 403
    assert deployed.get("/api/x", method="DELETE").json()["method"] == "DELETE"


def test_rules_before_it_and_the_site_around_it_stay(deployed):
    assert deployed.get("/api/old").headers["location"] == "/about-the-api"
    front = deployed.get("/")
    assert (front.status_code, front.headers["content-type"]) == (200, "text/html; charset=utf-8")
    missing = deployed.get("/gone")
    assert (missing.status_code, "Not found" in missing.text or "404" in missing.text) == (404, True)
    assert deployed.get("/", method="POST").status_code == 403


@pytest.mark.parametrize(("country", "location"), [("US", "/us"), ("FR", "/world"), (None, "/world")])
def test_the_country_is_that_of_a_header_here(deployed, country, location):
    headers = {"cloudfront-viewer-country": country} if country else {}
    assert deployed.get("/here", headers=headers).headers["location"] == location


def test_pages_have_no_slash_at_their_end(deployed):
    assert deployed.get("/guide/start/?a=1").headers["location"] == "/guide/start?a=1"
    assert deployed.get("/guide/start").status_code == 200


def test_a_preview_has_its_own_rules_and_a_password(deployed):
    refused = deployed.deploy("--pr", "7", "--branch", "fix", code=3)
    assert "PREVIEW_LOGIN" in refused.of("error")[0]["message"]
    deployed.host["PREVIEW_LOGIN"] = LOGIN
    done = deployed.deploy("--pr", "7", "--branch", "fix")
    assert "basic-auth" in {check["check"] for check in done.of("checked")}

    assert deployed.get("/where", "pr-7").status_code == 401
    user, password = LOGIN.split(":")
    known = {"environment": "pr-7", "auth": (user.encode(), password.encode())}
    assert deployed.get("/where", **known).headers["location"] == "/preview"
    assert deployed.get("/where").headers["location"] == "/prod"
    assert deployed.get("/", **known).headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in deployed.get("/").headers
    assert "authorization" not in deployed.get("/api/x", **known).json()["headers"]

    assert deployed.deploy("--pr", "7", "--branch", "fix").of("deployed")[0]["unchanged"]
    deployed.host["PREVIEW_LOGIN"] = "ann:changed"
    deployed.deploy("--pr", "7", "--branch", "fix")
    assert deployed.get("/", **known).status_code == 401
    assert deployed.get("/", "pr-7", auth=("ann", "changed")).status_code == 200


def test_the_password_is_written_nowhere(deployed):
    files = [file for file in deployed.folder.rglob("*") if file.is_file() and ".git" not in file.parts]
    written = b"".join(file.read_bytes() for file in files)
    assert len(written) > 10_000
    for password in (LOGIN, LOGIN.partition(":")[2], "ann:changed"):
        assert password.encode() not in written
