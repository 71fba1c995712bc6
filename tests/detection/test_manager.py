"""The package manager, and the commands it is given."""

import pytest

from engine.detection.detect import detect

VITE = {"devDependencies": {"vite": "7"}, "scripts": {"build": "vite build"}}
BERRY = "__metadata:\n  version: 8\n"


@pytest.mark.parametrize(
    ("files", "manager", "install", "build"),
    [
        ({"package-lock.json": "{}"}, "npm", "npm ci --cache .npm --prefer-offline", "npm run build"),
        (
            {"pnpm-lock.yaml": "lockfileVersion: 9"},
            "pnpm",
            "pnpm install --frozen-lockfile",
            "pnpm run build",
        ),
        ({"yarn.lock": "# yarn lockfile v1"}, "yarn", "yarn install --frozen-lockfile", "yarn run build"),
        ({"yarn.lock": BERRY}, "yarn", "yarn install --immutable", "yarn run build"),
        ({"bun.lock": "{}"}, "bun", "bun install --frozen-lockfile", "bun run build"),
        ({"bun.lockb": "x"}, "bun", "bun install --frozen-lockfile", "bun run build"),
        (
            {"package.json": {**VITE, "packageManager": "pnpm@9.1.0"}},
            "pnpm",
            "pnpm install",
            "pnpm run build",
        ),
        ({}, "npm", "npm install", "npm run build"),
    ],
)
def test_manager(app, files, manager, install, build):
    found = detect(app({"package.json": VITE, **files}))
    assert (found.manager, found.install, found.build) == (manager, (install,), (build,))


def test_without_a_lockfile_it_says_so(app):
    assert "commit a lockfile" in detect(app({"package.json": VITE})).advice[0]


def test_the_node_that_the_app_wants(app):
    found = detect(app({"package.json": {**VITE, "engines": {"node": ">=20"}}, ".nvmrc": "22\n"}))
    assert found.node == "22"


@pytest.mark.parametrize(
    ("files", "install"),
    [
        ({"mkdocs.yml": ""}, ("pip install mkdocs",)),
        ({"mkdocs.yml": "", "docs/requirements.txt": ""}, ("pip install -r docs/requirements.txt",)),
        ({"mkdocs.yml": "theme: {name: material}"}, ("pip install mkdocs mkdocs-material",)),
        ({"_config.yml": "title: x"}, ("gem install jekyll",)),
        ({"_config.yml": "title: x", "Gemfile": ""}, ("bundle install",)),
        ({"index.html": ""}, ()),
    ],
)
def test_what_npm_has_no_part_in(app, files, install):
    found = detect(app(files))
    assert (found.manager, found.install) == ("", install)


def test_what_npm_keeps_is_kept_only_where_it_is_told_to_keep_it(app):
    package = {"dependencies": {"vite": "7"}, "scripts": {"build": "vite build"}}
    assert detect(app({"package.json": package})).cache == ()
    assert detect(app({"package-lock.json": "{}"})).cache == (".npm/**/*",)
