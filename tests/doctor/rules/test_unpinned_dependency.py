import pytest

RULE = "unpinned-dependency"


@pytest.mark.parametrize(
    "version",
    ["^1.2.3", "~1.2", "1.x", "1.2.3", ">=1.2 <2", "workspace:*", "file:../ui", "catalog:",
     "npm:other@^1.0.0", "github:a/b#0123abc", "git+https://github.com/a/b.git#v1.2.3", "https://example.com/a-1.2.3.tgz"],
)  # fmt: skip
def test_good(look, package, version):
    assert not look(RULE, {"package.json": package(dependencies={"a": version})})


@pytest.mark.parametrize(
    "version",
    ["latest", "*", "", "x", ">=1.2.3", ">= 2", "next", "npm:other@latest", "github:a/b", "a/b",
     "git+https://github.com/a/b.git", "git+ssh://git@github.com/a/b.git#main"],
)  # fmt: skip
def test_bad(look, package, version):
    (found,) = look(RULE, {"package.json": package(devDependencies={"a": version})})
    assert found.where.line == 7


def test_a_neighbour_of_the_workspace_is_good(look, package):
    files = {"packages/ui/package.json": package(name="@acme/ui")}
    own = package(workspaces=["packages/*"], dependencies={"@acme/ui": "*", "other": "*"})
    (found,) = look(RULE, {**files, "package.json": own})
    assert "other" in found.message


def test_the_fix_has_the_locked_version(look, package):
    lock = '{"packages": {"node_modules/a": {"version": "3.1.4"}}}'
    files = {"package.json": package(dependencies={"a": "latest"}), "package-lock.json": lock}
    (found,) = look(RULE, files)
    assert '"a": "^3.1.4"' in found.fix
