from __future__ import annotations

import asyncio
import hashlib
import json

import pytest

from engine.build.toolchain.commands import simple_commands
from engine.build.toolchain.manager_choice import chosen_managers, corepack_managers
from engine.build.toolchain.manager_wish import lock_file, parsed
from engine.build.toolchain.managers import program_version
from engine.build.toolchain.manifest import folders_of
from engine.build.toolchain.model import Wish
from engine.build.toolchain.nodes import Node
from engine.errors import BuildError, PrerequisiteError


def chosen(managers, folder, commands="npm run build", path="", app_root="", node="20.20.2", updates=()):
    found = asyncio.run(
        chosen_managers(
            managers,
            folders_of(folder, app_root),
            folder,
            simple_commands(commands),
            updates,
            Node(node, None),
            path,
        )
    )
    return [(manager.name, manager.version, wish.source) for wish, manager in found]


def host_with(tmp_path, name, version, package=""):
    """A PATH on which ``name`` is the program of an npm package."""
    home = tmp_path / "host" / name
    home.mkdir(parents=True)
    (home / "package.json").write_text(json.dumps({"name": package or name, "version": version}))
    (home / name).write_text("#!/bin/sh\n")
    (home / name).chmod(0o755)
    return str(home)


def test_package_manager_is_exact_and_the_nearest(managers, project, npm):
    folder = project({"apps/web/package.json": {}, "package.json": {"packageManager": "pnpm@9.15.9"}})
    assert chosen(managers, folder, app_root="apps/web") == [
        ("pnpm", "9.15.9", "packageManager in package.json")
    ]
    assert npm.asked == ["install pnpm@9.15.9"]


@pytest.mark.parametrize(
    ("spec", "package"),
    [
        ("yarn@1.22.22", "yarn@1.22.22"),
        ("yarn@4.x", "@yarnpkg/cli-dist@4.18.1"),
        ("yarn@stable", "@yarnpkg/cli-dist@4.18.1"),
        ("bun@1.4.5", "bun@1.4.5 scripts"),
        ("pnpm@latest", "pnpm@10.34.9"),
    ],
)
def test_what_is_installed_for_a_spec(managers, project, npm, spec, package):
    chosen(managers, project({"package.json": {"packageManager": spec}}))
    assert npm.asked[-1] == f"install {package}"


def test_the_host_has_it_already(managers, project, npm, tmp_path):
    folder = project({"package.json": {"packageManager": "pnpm@9.15.9"}})
    path = host_with(tmp_path, "pnpm", "9.15.9")
    assert chosen(managers, folder, path=path)[0][:2] == ("pnpm", "9.15.9")
    assert npm.asked == []


def test_a_hash_must_be_right(managers, project, npm):
    good = hashlib.sha256(b"tarball").hexdigest()
    project({"package.json": {"packageManager": f"pnpm@9.15.9+sha256.{good}"}})
    for _ in range(2):
        chosen(managers, project({}))
    assert [asked.split()[0] for asked in npm.asked] == ["pack", "install"]
    bad = project({"package.json": {"packageManager": "pnpm@9.15.9+sha256.00ff"}})
    with pytest.raises(BuildError, match="not what packageManager"):
        chosen(managers, bad)
    odd = project({"package.json": {"packageManager": "pnpm@9.15.9+md6.00"}})
    with pytest.raises(BuildError, match="unknown hash `md6`"):
        chosen(managers, odd)


@pytest.mark.parametrize("spec", ["pnpm", "pnpm@https://example.com/x.tgz", "deno@2", "pnpm@", ""])
def test_other_specs_are_none(spec):
    assert parsed(spec, "x") is None


@pytest.mark.parametrize(
    ("name", "text", "node", "wish"),
    [
        ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n", "20.1.0", ("pnpm", "9")),
        ("pnpm-lock.yaml", "lockfileVersion: '6.0'\n", "20.1.0", ("pnpm", "8")),
        ("pnpm-lock.yaml", "lockfileVersion: 5.4\n", "16.1.0", ("pnpm", "7")),
        ("pnpm-lock.yaml", "lockfileVersion: 5.3\n", "16.1.0", ("pnpm", "6")),
        ("yarn.lock", "# yarn lockfile v1\n", "20.1.0", ("yarn", "1.22.22")),
        ("yarn.lock", "#\n\n__metadata:\n  version: 8\n  cacheKey: 10\n", "20.1.0", ("yarn", "4")),
        ("yarn.lock", "__metadata:\n  version: 6\n", "20.1.0", ("yarn", "3")),
        ("bun.lockb", "\0", "20.1.0", ("bun", "1")),
        ("package-lock.json", "{}", "20.1.0", ("npm", "*")),
    ],
)
def test_lock_files(project, name, text, node, wish):
    folder = project({name: text})
    found = lock_file(folders_of(folder, ""), folder, node)
    assert (found.tool, found.text) == wish


def test_pnpm_with_settings_in_the_workspace_is_ten(project):
    folder = project({"pnpm-lock.yaml": "lockfileVersion: '9.0'\n", "pnpm-workspace.yaml": "overrides: {}\n"})
    assert lock_file(folders_of(folder, ""), folder, "20.1.0").text == "10"
    project({"package.json": {"engines": {"pnpm": ">=8 <9"}}})
    assert lock_file(folders_of(folder, ""), folder, "20.1.0").text == ">=8 <9"


@pytest.mark.parametrize(
    ("version", "package", "expected"),
    [
        ("9.1.0", "pnpm", "9.1.0"),
        ("10.2.0", "pnpm", "10.2.0"),
        ("8.1.0", "pnpm", "9.15.9"),
        ("0.34.6", "corepack", "9.15.9"),
    ],
)
def test_the_host_manager_is_used_where_it_fits_the_lock(
    managers, project, tmp_path, version, package, expected
):
    folder = project({"pnpm-lock.yaml": "lockfileVersion: '9.0'\n"})
    path = host_with(tmp_path, "pnpm", version, package)
    assert chosen(managers, folder, path=path)[0][1] == expected


def test_what_the_commands_install_or_the_lock_of_npm_needs_nothing(managers, project, npm):
    folder = project({"package-lock.json": "{}"})
    assert chosen(managers, folder, "npm i -g pnpm@9 && pnpm i") == []
    assert npm.asked == []


def test_what_the_commands_call_is_provided(managers, project):
    assert chosen(managers, project({}), "yarn && bunx x && pnpm i", node="16.20.2") == [
        ("yarn", "1.22.22", "the commands call yarn"),
        ("bun", "1.4.5", "the commands call bunx"),
        ("pnpm", "8.15.9", "the commands call pnpm"),
    ]


def test_live_updates_bring_npm_packages(managers, project):
    updates = (Wish("pnpm", "9", "_LIVE_UPDATES"), Wish("node", "18", "_LIVE_UPDATES"))
    folder = project({"pnpm-lock.yaml": "lockfileVersion: '6.0'\n"})
    assert chosen(managers, folder, updates=updates) == [("pnpm", "9.15.9", "_LIVE_UPDATES")]


def test_corepack_commands_are_looked_up(managers, npm):
    commands = simple_commands(
        "corepack enable && corepack prepare pnpm@9.15.9 --activate; corepack use yarn@5.0.0"
    )
    assert list(asyncio.run(corepack_managers(managers, commands))) == ["pnpm@9.15.9"]


def test_what_cannot_be_got_is_named(managers, npm, project):
    folder = project({"package.json": {"packageManager": "pnpm@77.x"}})
    with pytest.raises(PrerequisiteError, match=r"no pnpm 77\.x \(packageManager") as caught:
        chosen(managers, folder)
    assert "10.34.9" in caught.value.hint
    npm.versions.clear()
    with pytest.raises(PrerequisiteError, match="not in the cache"):
        chosen(managers, project({"package.json": {"packageManager": "bun@1.x"}}))


def test_a_program_nobody_knows_is_there_all_the_same(tmp_path):
    (tmp_path / "bun").write_bytes(b"\x7fELF")
    (tmp_path / "bun").chmod(0o755)
    assert program_version("bun", str(tmp_path)) == "0.0.0"
    assert program_version("pnpm", str(tmp_path)) == ""
