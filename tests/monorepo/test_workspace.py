from __future__ import annotations

from engine.monorepo.workspace import read_workspace


def test_what_a_package_needs_at_any_distance_and_through_what(acme):
    workspace = read_workspace(acme, ["apps/web", "apps/admin"])
    assert workspace.needed_by("apps/web") == {
        "packages/kit": ("@acme/kit",),
        "packages/ui": ("@acme/kit", "@acme/ui"),
    }
    assert workspace.needed_by("apps/admin") == {"packages/icons": ("@acme/icons",)}
    assert workspace.needed_by("packages/ui") == {}


def test_packages_that_need_each_other_end(acme, package):
    package("packages/ui", name="@acme/ui", dependencies={"@acme/kit": "*"})
    workspace = read_workspace(acme, [])
    assert set(workspace.needed_by("packages/ui")) == {"packages/kit"}


def test_a_folder_named_by_path_belongs_to_it_without_a_workspace(package, tmp_path):
    package("web", name="web", dependencies={"shared": "file:../shared", "out": "file:../../elsewhere"})
    package("shared", name="shared", dependencies={"deep": "file:./deep"})
    package("shared/deep", name="deep")
    workspace = read_workspace(tmp_path, ["web", "static"])
    assert set(workspace.needed_by("web")) == {"shared", "shared/deep"}
    assert workspace.needed_by("static") == {}


def test_a_file_is_of_the_nearest_package(acme, package):
    package("packages/ui/demo", name="demo")
    workspace = read_workspace(acme, ["site"])
    assert workspace.owner("packages/ui/src/a/b.js") == "packages/ui"
    assert workspace.owner("site/x.html") == "site"
    assert workspace.owner("package.json") is None
    assert workspace.owner("packages/shared.js") is None
    assert workspace.owner("packages/ui2/x.js") is None
