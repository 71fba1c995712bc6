from __future__ import annotations

import pytest

from engine.monorepo.manifest import read_package


def test_names_and_paths_of_every_kind_of_dependency(package, tmp_path):
    package(
        "apps/web",
        name="web",
        dependencies={"react": "^19", "ui": "workspace:*", "kit": "file:../../packages/kit"},
        devDependencies={"lint": "link:../lint", "alias": "workspace:@acme/real@^1"},
        peerDependencies={"peer": "workspace:../../packages/peer"},
        optionalDependencies={"portal": "portal:../portal/"},
        bundledDependencies={"never": "1"},
    )
    found = read_package(tmp_path, "apps/web")
    assert found.name == "web"
    assert found.needs == {"react", "ui", "@acme/real"}
    assert found.paths == {"packages/kit", "apps/lint", "packages/peer", "apps/portal"}


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"name": 1, "dependencies": ["x"], "devDependencies": {"a": 1}}']
)
def test_a_manifest_that_makes_no_sense_names_nothing(tmp_path, text):
    (tmp_path / "package.json").write_text(text)
    found = read_package(tmp_path, "")
    assert (found.name, found.needs, found.paths) == ("", frozenset(), frozenset())
