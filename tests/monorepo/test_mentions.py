from __future__ import annotations

import os
import subprocess

import pytest

from engine.monorepo.mentions import with_mentions
from engine.monorepo.workspace import read_workspace

HOST = {"PATH": os.environ["PATH"]}
OTHERS = {"apps/admin", "packages/icons"}  # what apps/web does not need


@pytest.fixture
def unrelated(acme, package):
    """A function: files of the workspace, commands of apps/web -> what apps/web has nothing to do with."""
    subprocess.run(["git", "init", "-q", acme], check=True, env=HOST)
    package("apps/plain", name="plain", dependencies={})

    def found(*commands: str, app_root: str = "apps/web", **files: str) -> set[str]:
        for name, text in files.items():
            (acme / name).parent.mkdir(parents=True, exist_ok=True)
            (acme / name).write_text(text)
        workspace = read_workspace(acme, ["apps/web", "apps/admin"])
        near = with_mentions(workspace, app_root, acme, commands, HOST)
        return set(near.unrelated_to(app_root)) - {"apps/plain"}

    return found


def test_what_is_neither_needed_nor_named(unrelated):
    assert unrelated("npm ci", "npm run build") == OTHERS


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("apps/web/src/a.js", "import x from '../../../packages/icons/x.js'"),
        ("apps/web/src/a.css", "@import '@acme/icons/all.css';"),
        ("packages/ui/new.js", "require('@acme/icons')"),  # which web needs through kit
        ("packages/kit/tsconfig.json", '{"references": [{"path": "../icons"}]}'),
        ("tsconfig.base.json", '{"compilerOptions": {"paths": {"@i/*": ["packages/icons/src/*"]}}}'),
        ("turbo.json", '{"tasks": {"web#build": {"dependsOn": ["@acme/icons#build"]}}}'),
    ],
)
def test_a_file_that_names_a_package(unrelated, file, text):
    assert unrelated(**{file: text}) == {"apps/admin"}


def test_what_a_named_package_needs_comes_with_it(unrelated):
    assert unrelated(**{"apps/web/project.json": '{"implicitDependencies": ["admin"]}'}) == set()


@pytest.mark.parametrize(
    "command",
    [
        "cd packages/icons && npm run generate",
        "npm run build -w @acme/icons",
        "cd ../.. && npm run icons",  # a script of the root
        "cd ../.. && npm run all",  # one that calls another
        "bash scripts/prepare.sh",
        "make -C ../..",
    ],
)
def test_a_command_that_names_a_package(unrelated, package, command):
    scripts = {"icons": "npm run build -w packages/icons", "all": "npm run more", "postmore": "npm run icons"}
    scripts |= {"more": "true", "admin": "npm run dev -w apps/admin"}
    package("", name="acme", workspaces=["packages/*", "apps/*"], scripts=scripts)
    files = {"scripts/prepare.sh": "cp packages/icons/*.svg .", "Makefile": "all:\n\tcd packages/icons\n"}
    assert unrelated("npm ci", command, **files) == {"apps/admin"}


def test_words_that_only_look_alike(unrelated):
    text = "const admin = '/admin'; // packages/iconset, web-admin, @acme-icons"
    assert unrelated("npm run admin-check", **{"apps/web/a.js": text}) == OTHERS - {"packages/icons"}
    assert unrelated(**{"apps/web/a.js": "const admin = '/admin'; // web-admin, @acme-icons"}) == OTHERS


def test_where_git_cannot_tell_everything_is_needed(acme):
    workspace = read_workspace(acme, ["apps/web", "apps/admin"])
    near = with_mentions(workspace, "apps/web", acme, (), HOST)  # it is no checkout
    assert near.unrelated_to("apps/web") == ()


def test_folders_that_hold_each_other_are_related(package, tmp_path):
    package("site", name="site")
    package("site/admin", name="admin")
    package("docs", name="docs")
    workspace = read_workspace(tmp_path, ["site", "site/admin", "docs"])
    assert workspace.unrelated_to("site/admin") == ("docs",)
    assert workspace.unrelated_to("site") == ("docs",)
    assert workspace.unrelated_to("") == ()
