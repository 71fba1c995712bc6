"""`windlass routes` by the library: the JavaScript that ships, over files on this machine."""

from __future__ import annotations

import asyncio
import json
import os
import shutil

import pytest

from engine import Engine
from engine.errors import NotFoundError, PrerequisiteError, SpecError, UsageError
from engine.routes.model import question

SPEC = """version: 1
app: notes
environments:
  prod: {branch: main, domain: notes.example.com}
redirects:
  - {source: /old/<*>, target: /new/<*>, status: 301}
  - {source: /us, target: /en-us, status: 302, condition: <US>}
  - {source: /api/<*>, target: "https://api.example:8443/v1/<*>", status: 200}
  - {source: https://notes.example.com/host, target: /here, status: 302}
  - {source: /where, target: /staging, status: 302, environments: staging}
  - {source: /<*>, target: /index.html, status: 404-200}
customHeaders:
  - {pattern: "*.html", headers: [{key: X-A, value: "1"}]}
frontend:
  artifacts: {baseDirectory: dist}
"""

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="needs Node")


@pytest.fixture
def project(tmp_path):
    (tmp_path / "amplify.yml").write_text(SPEC)
    (tmp_path / "dist/guide").mkdir(parents=True)
    for name in ("index.html", "about.html", "guide/index.html", "app.js"):
        (tmp_path / "dist" / name).write_text(name)
    return tmp_path


def outcomes_of(project, *urls, **options):
    host = {"PATH": os.environ["PATH"], "HOME": str(project)}
    engine = Engine(project, host=options.pop("host_variables", host))
    return engine.test_routes(urls, **{"environment": "prod", **options}).wait()


@pytest.mark.parametrize(
    ("url", "options", "status", "kind", "target", "line"),
    [
        ("/old/a%20b?x=1", {}, 301, "redirect", "/new/a%20b?x=1", 6),
        ("/us", {"country": "us"}, 302, "redirect", "/en-us", 7),
        ("/us", {}, 200, "file", "index.html", 11),
        ("/api/a%2Fb", {"method": "post"}, 200, "proxy", "https://api.example:8443/v1/a%2Fb", 8),
        ("https://notes.example.com/host", {}, 302, "redirect", "/here", 9),
        ("/host", {"host": "notes.example.com"}, 302, "redirect", "/here", 9),
        ("/host", {"host": "other.example.com"}, 200, "file", "index.html", 11),
        ("/where", {"environment": "staging"}, 302, "redirect", "/staging", 10),
        ("/where", {}, 200, "file", "index.html", 11),
        ("/about", {}, 200, "file", "about.html", None),
        ("/guide", {}, 301, "redirect", "/guide/", None),
        ("/app.js", {}, 200, "file", "app.js", None),
        ("/x?~windlass=1", {}, 400, "generated", "Bad Request", 11),
    ],
)
def test_what_would_happen_and_which_rule_does_it(project, url, options, status, kind, target, line):
    (outcome,) = outcomes_of(project, url, **options).outcomes
    assert (outcome.url, outcome.status, outcome.kind, outcome.target) == (url, status, kind, target)
    assert outcome.where == (f"{project / 'amplify.yml'}:{line}" if line else "")
    assert bool(outcome.rule) == bool(line)
    assert ("x-a" in outcome.headers) == target.endswith(".html")


def test_many_at_once_keep_their_order(project):
    urls = [f"/old/{n}" for n in range(50)]
    assert [outcome.target for outcome in outcomes_of(project, *urls).outcomes] == [
        f"/new/{n}" for n in range(50)
    ]


def test_without_an_output_folder_no_file_answers(project):
    shutil.rmtree(project / "dist")
    found = outcomes_of(project, "/about", "/old/x")
    assert "without an output folder" in found.remarks[0]
    assert [(o.status, o.kind) for o in found.outcomes] == [(404, "generated"), (301, "redirect")]


def test_a_bundle_answers_without_its_files(project):
    from engine.bundle.collect import collect
    from engine.bundle.save import save_bundle
    from engine.events import ignore
    from engine.spec import load_spec

    spec = load_spec(project).spec
    bundle = asyncio.run(collect(project, spec, ignore))
    for name in ("bundle", "bundle.tar.zst"):
        save_bundle(bundle, project / name)
    shutil.rmtree(project / "dist")
    for name in ("bundle", "bundle.tar.zst"):
        (outcome,) = outcomes_of(project, "/about", bundle=project / name).outcomes
        assert outcome.target == "about.html"
    with pytest.raises(NotFoundError):
        outcomes_of(project, "/", bundle=project / "none")


def test_rules_that_make_no_sense_are_told_with_their_line(project):
    text = (project / "amplify.yml").read_text()
    (project / "amplify.yml").write_text(text.replace("/new/<*>", "/new/<x>"))
    with pytest.raises(SpecError) as raised:
        outcomes_of(project, "/")
    assert raised.value.where.line == 6


def test_without_node_it_says_so(project):
    with pytest.raises(PrerequisiteError, match="needs Node"):
        outcomes_of(project, "/", host_variables={"PATH": "/nowhere", "HOME": str(project)})


@pytest.mark.parametrize("url", ["old", "ftp://x/y", "https:///x", ""])
def test_what_is_no_url(url):
    with pytest.raises(UsageError, match="is no URL"):
        question(url)


def test_the_rules_of_an_environment_are_listed(project):
    routes = Engine(project).routes(environment="prod")
    assert [route.where.rpartition(":")[2] for route in routes] == ["6", "7", "8", "9", "11"]
    assert routes[2].remark == "reverse proxy"
    assert len(Engine(project).routes(environment="staging")) == 6


def test_rules_of_amplify_are_added_once(project):
    rules = [
        {"source": "/old/<*>", "target": "/new/<*>", "status": "301"},
        {"source": "/more", "target": "/there", "status": "301"},
        {"source": "/odd", "target": "/<x>", "status": "301"},
    ]
    done = Engine(project).import_routes(json.dumps(rules))
    assert done.added == ("- {source: /more, target: /there, status: 301}",)
    assert (done.already, len(done.untranslated)) == (1, 1)
    text = (project / "amplify.yml").read_text()
    assert text == SPEC.replace("404-200}\n", "404-200}\n  - {source: /more, target: /there, status: 301}\n")
    assert Engine(project).import_routes(json.dumps(rules)).added == ()
    assert (project / "amplify.yml").read_text() == text
