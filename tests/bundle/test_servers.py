"""The output of a server is refused with what to do, and a static one beside it is published."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

from engine.bundle.output_folder import find_output
from engine.bundle.servers import SERVERS
from engine.errors import BuildError
from engine.spec.model import Spec


@pytest.fixture
def app(tmp_path):
    return tmp_path.resolve()


def write(app: Path, *paths: str, text: str = "x") -> None:
    for path in paths:
        (app / path).parent.mkdir(parents=True, exist_ok=True)
        (app / path).write_text(text)


def found(app: Path, base: str) -> str:
    spec = Spec.model_validate({"app": "a", "frontend": {"artifacts": {"baseDirectory": base}}})
    return find_output(app, spec).resolve().relative_to(app).as_posix()


def refused(app: Path, base: str) -> BuildError:
    with pytest.raises(BuildError) as caught:
        found(app, base)
    return caught.value


@pytest.mark.parametrize(
    ("server", "sign"), [pair for server in SERVERS for pair in product([server], server.signs)]
)
def test_every_sign_in_the_table_is_seen(app, server, sign):
    folder = re.sub(r"\*", "notes", server.folder)
    write(app, f"{folder}/{sign.replace('*', 'any')}")
    error = refused(app, folder)
    assert server.framework in error.message and folder in error.message
    assert error.hint == server.hint


@pytest.mark.parametrize(
    ("base", "files", "framework"),
    [
        ("dist/client", ["dist/client/index.html", "dist/server/entry.mjs"], "Astro"),
        ("dist", ["dist/client/index.html", "dist/server/entry.mjs"], "Astro"),
        ("build/client", ["build/client/index.html", "build/server/index.js"], "React Router"),
        ("dist/shop/browser", ["dist/shop/browser/index.csr.html", "dist/shop/server/server.mjs"], "Angular"),
        ("dist/shop", ["dist/shop/browser/index.html", "dist/shop/server/server.mjs"], "Angular"),
        (".output/public", [".output/public/200.html", ".output/server/index.mjs"], "Nuxt"),
        ("/", [".next/BUILD_ID", "package.json"], "Next.js"),
        ("dist", ["build/handler.js"], "SvelteKit"),
    ],
)
def test_wherever_the_spec_points_into_it(app, base, files, framework):
    write(app, *files)
    assert framework in refused(app, base).message


def test_an_index_html_in_the_sources_is_no_other_output(app):
    write(app, ".next/BUILD_ID", "public/index.html")
    assert "output: 'export'" in refused(app, ".next").hint


@pytest.mark.parametrize(
    ("base", "files"),
    [
        ("out", [".next/server/app/page.js", "out/index.html"]),
        (".output/public", [".output/public/index.html", ".output/nitro.json"]),
        ("dist/shop/browser", ["dist/shop/browser/index.html", "dist/other/server/server.mjs"]),
        ("/", ["index.html", ".next/BUILD_ID"]),
    ],
)
def test_a_static_site_beside_it_is_fine(app, base, files):
    write(app, *files)
    assert found(app, base) == base.replace("/", ".", base == "/")


STATIC = {"version": 1, "routes": [{"path": "/*", "target": {"kind": "Static"}}]}
COMPUTE = STATIC | {"computeResources": [{"name": "default", "entrypoint": "server.js"}]}
ROUTED = {
    "routes": [
        {"path": "/*", "target": {"kind": "Static"}, "fallback": {"kind": "Compute", "src": "default"}}
    ]
}
MANIFEST = ".amplify-hosting/deploy-manifest.json"


@pytest.mark.parametrize("base", [".amplify-hosting", "dist", ".amplify-hosting/static"])
def test_a_deploy_manifest_without_compute_is_a_static_site(app, base):
    write(app, ".amplify-hosting/static/index.html")
    write(app, MANIFEST, text=json.dumps(STATIC))
    assert found(app, base) == ".amplify-hosting/static"


@pytest.mark.parametrize("manifest", [COMPUTE, ROUTED])
@pytest.mark.parametrize("base", [".amplify-hosting", "dist", ".amplify-hosting/static"])
def test_one_with_compute_is_a_server(app, base, manifest):
    write(app, ".amplify-hosting/static/index.html", "public/index.html")
    write(app, MANIFEST, text=json.dumps(manifest))
    assert "deploy-manifest.json` is part of a server (an adapter for Amplify)" in refused(app, base).message


def test_the_folder_that_the_spec_names_goes_before_it(app):
    write(app, "dist/index.html")
    write(app, MANIFEST, text=json.dumps(COMPUTE))
    assert found(app, "dist") == "dist"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"routes": [1]}'])
def test_a_damaged_one_is_told(app, text):
    write(app, MANIFEST, text=text)
    error = refused(app, ".amplify-hosting")
    assert "cannot be read" in error.message and str(error.where).endswith("deploy-manifest.json")
