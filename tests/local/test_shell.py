"""A shell whose programs use the embedded AWS, and Node in it."""

import json
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from engine.local.shell import exports, shell_variables
from engine.target import Target

SCRIPT = """
const urls = JSON.parse(process.argv[1])
const asked = urls.map((url) => fetch(url, { method: 'POST', body: 'b' }).then((answer) => answer.text()))
Promise.all(asked).then((all) => console.log(JSON.stringify(all)))
"""


class Echo(BaseHTTPRequestHandler):
    """Answers with the path that it was asked for."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def target():
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Target("local", endpoint=f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


def asked(target, *urls):
    environment = {"PATH": os.environ["PATH"], **shell_variables(target)}
    done = subprocess.run(
        ["node", "-e", SCRIPT, json.dumps(urls)], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_node_asks_this_machine_for_what_is_at_aws(target):
    assert asked(
        target,
        "https://cognito-idp.us-east-1.amazonaws.com/",
        "https://files.s3.us-east-1.amazonaws.com/private/a%20b?x-id=PutObject",
        f"http://abc.execute-api.localhost:{target.port}/notes?a=b",
        f"http://abc.appsync-api.localhost:{target.port}/graphql",
        f"{target.endpoint}/plain",
    ) == [
        "/~aws/cognito-idp.us-east-1.amazonaws.com/",
        "/~aws/files.s3.us-east-1.amazonaws.com/private/a%20b?x-id=PutObject",
        "/~aws/abc.execute-api.localhost/notes?a=b",
        "/~aws/abc.appsync-api.localhost/graphql",
        "/plain",
    ]


def test_a_shell_takes_it_as_it_is_and_keeps_what_node_had(target):
    text = exports(shell_variables(target))
    given = {"PATH": os.environ["PATH"], "NODE_OPTIONS": "--no-warnings", "AWS_SESSION_TOKEN": "real"}
    done = subprocess.run(["sh", "-c", f"{text}\nenv"], env=given, capture_output=True, text=True, check=True)
    found = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert found["AWS_ENDPOINT_URL"] == found["WINDLASS_LOCAL_URL"] == target.endpoint
    assert found["NODE_OPTIONS"].startswith("--no-warnings --import=file:///")
    assert "AWS_SESSION_TOKEN" not in found
