"""The conformance suite of redirects and headers over HTTP: one deployment, through the local edge.

A set of rules is published and activated as a deployment does it; only the building is left out. What the
distribution must have for the reverse proxies of all sets is in the spec that is deployed.
"""

import asyncio
import http.client
import json
from http.server import BaseHTTPRequestHandler

import pytest

from engine.events import ignore
from engine.publish.activate import activate, prepare
from engine.publish.key_values import key_values
from engine.publish.proxies import is_proxy
from engine.publish.upload import publish
from engine.routes.write import lines_of
from engine.target import store
from tests.routes.cases import NAMES, rule_sets
from tests.serving import serving

pytestmark = pytest.mark.acceptance

HOST = "prod.plain-site.localhost"
SPEC = "app: plain-site\nfrontend: {artifacts: {baseDirectory: public}}\nredirects:\n"


class Other(BaseHTTPRequestHandler):
    """The other host: answers with the path it was asked for."""

    def _answer(self):
        data = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_DELETE = _answer  # noqa: N815

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def sets():
    with serving(Other) as port:
        yield rule_sets(HOST, f"http://localhost:{port}")


@pytest.fixture(scope="module")
def deployed(make_project, sets):
    project = make_project()
    proxies = [rule for one in sets for rule in one.redirects if is_proxy(rule)]
    project.write("amplify.yml", SPEC + "\n".join(f"  {line}" for line in lines_of(proxies)) + "\n")
    project.commit()
    project.deploy()
    return project


@pytest.fixture(scope="module")
def outputs(deployed):
    return json.loads(deployed.run("outputs", "--target", "local", "--json").out)


def test_every_case_over_http(deployed, outputs, sets, tmp_path):
    asked = 0
    for number, rules in enumerate(sets):
        _go_live(deployed, outputs, rules, tmp_path / str(number))
        connection = http.client.HTTPConnection("127.0.0.1", deployed.target.port, timeout=30)
        for case in rules.cases:
            if not case.host:  # here, a host is a site
                _ask(connection, case, deployed.target.port)
                asked += 1
        connection.close()
    assert asked >= 120


def _go_live(project, outputs, rules, root):
    for path in rules.files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)

    async def work():
        bucket = store(project.target, outputs["bucket"])
        done = await publish(bucket, rules.bundle(root), previous=None, commit="", emit=ignore, names=NAMES)
        values = await key_values(project.target, outputs["key_value_store_arn"])
        await prepare(values, done.manifest)
        await activate(values, done.manifest, ignore)

    asyncio.run(work())


def _ask(connection, case, port):
    headers = {"Host": f"{HOST}:{port}"}
    if case.country:
        headers["CloudFront-Viewer-Country"] = case.country
    connection.request(case.method, case.get, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode()
    assert answer.status == case.wanted_status, (case, answer.status, body)
    if case.to:
        assert answer.headers["Location"] == case.to, case
    elif not case.missing:
        assert body == (case.file or case.proxy), case
    assert {name: answer.headers[name] for name in case.headers} == case.headers, case
