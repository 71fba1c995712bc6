"""What ``windlass init`` writes for a workspace builds it, without a registry: Vite is a stand-in in it."""

import json
import subprocess

import pytest

pytestmark = pytest.mark.acceptance

VITE = """#!/usr/bin/env node
const fs = require('fs');
fs.mkdirSync('dist', {recursive: true});
fs.writeFileSync('dist/index.html', `<!doctype html><title>${require('@acme/ui')}</title>`);
"""
MAKES = """node -e "require('fs').mkdirSync('dist', {recursive: true});
 require('fs').writeFileSync('dist/index.js', 'module.exports = \\'built before\\'')" """.replace("\n", "")
MEMBER = {"version": "7.0.0"}
FILES = {
    "package.json": {"private": True, "workspaces": ["apps/*", "packages/*"]},
    "apps/web/package.json": {
        **MEMBER,
        "name": "web",
        "engines": {"node": ">=20"},
        "scripts": {"build": "vite build"},
        "dependencies": {"@acme/ui": "^7.0.0"},
        "devDependencies": {"vite": "^7.0.0"},
    },
    "apps/web/index.html": "",
    "packages/ui/package.json": {
        **MEMBER,
        "name": "@acme/ui",
        "main": "dist/index.js",
        "scripts": {"build": MAKES},
    },
    "packages/vite/package.json": {**MEMBER, "name": "vite", "bin": "vite.js"},
    "packages/vite/vite.js": VITE,
    ".gitignore": "node_modules\ndist\n.npm\n",
}


@pytest.fixture
def workspace(tmp_path):
    """The folder of a workspace whose app needs a package that must be built first."""
    root = tmp_path / "acme"
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content if isinstance(content, str) else json.dumps(content))
    subprocess.run(["npm", "install", "--offline", "--no-audit"], cwd=root, check=True, capture_output=True)
    return root


def test_an_app_of_a_workspace_is_built_with_what_it_needs(make_project, workspace):
    project = make_project(workspace)
    told = project.run("init").out
    assert "npm --prefix ../../packages/ui run build" in told
    project.commit()
    assert "nothing is wrong" in project.run("check").out
    project.run("build", "--target", "local", "--app-root", "apps/web")
    (page,) = project.folder.glob(".windlass/bundles/*/files/index.html")
    assert "<title>built before</title>" in page.read_text()
