from __future__ import annotations

import pytest

from engine.monorepo.members import members, workspace_globs


@pytest.fixture
def folders(package):
    for folder in ("packages/ui", "packages/old", "packages/ui/test/fixture", "apps/web", "tools"):
        package(folder, name=folder)
    package("packages/ui/node_modules/react", name="react")
    package(".cache/x", name="x")


@pytest.mark.parametrize(
    ("workspaces", "expected"),
    [
        (["packages/*"], ("packages/old", "packages/ui")),
        (["./packages/*/", "apps/web"], ("apps/web", "packages/old", "packages/ui")),
        (["packages/*", "!packages/old"], ("packages/ui",)),
        (["packages/**"], ("packages/old", "packages/ui", "packages/ui/test/fixture")),
        ({"packages": ["{apps,tools}", "apps/*"]}, ("apps/web", "tools")),
        ("packages/*", ()),
        ([1, None], ()),
        (None, ()),
    ],
)
def test_workspaces_of_package_json(package, folders, tmp_path, workspaces, expected):
    package("", name="root", workspaces=workspaces)
    assert members(tmp_path) == expected


def test_pnpm_names_them_in_its_own_file(package, folders, tmp_path):
    package("", name="root")
    (tmp_path / "pnpm-workspace.yaml").write_text("packages:\n  - 'apps/*'\n  - '!**/test/**'\ncatalog: {}\n")
    assert members(tmp_path) == ("apps/web",)


@pytest.mark.parametrize("text", ["", "packages:", "- a", "a: [", "packages: x", "!!python/object:x {}"])
def test_a_file_that_makes_no_sense_names_nothing(tmp_path, text):
    (tmp_path / "pnpm-workspace.yaml").write_text(text)
    assert workspace_globs(tmp_path) == ()
