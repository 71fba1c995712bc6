"""What `windlass init` writes is right and explicit."""

import json

import pytest

from engine.errors import UsageError
from engine.spec import check, load_spec
from engine.spec.init import FRAMEWORKS, detect, render


def app(folder, package=None, **files):
    if package is not None:
        (folder / "package.json").write_text(json.dumps({"scripts": {"build": "x"}, **package}))
    for name, content in files.items():
        (folder / name).write_text(content)
    return folder


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda f: f.package)
def test_every_framework_gives_a_spec_without_warnings(tmp_path, framework):
    found = detect(app(tmp_path, {"name": "x", "dependencies": {framework.package: "1"}}))
    (tmp_path / "amplify.yml").write_text(render(found))
    assert check(tmp_path) == ()
    spec = load_spec(tmp_path).spec
    assert spec.frontend.artifacts.base_directory == framework.output.format(name="x")
    assert spec.frontend.phases.build.commands == ("npm run build",)
    assert bool(spec.redirects) == framework.spa


def test_a_meta_framework_is_not_the_tool_it_is_made_of(tmp_path):
    found = detect(app(tmp_path, {"dependencies": {"astro": "5"}, "devDependencies": {"vite": "7"}}))
    assert "Astro" in found.evidence[0]


@pytest.mark.parametrize(
    ("lockfile", "install"),
    [("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("package-lock.json", "npm ci"), ("bun.lock", "bun")],
)
def test_the_lockfile_names_the_package_manager(tmp_path, lockfile, install):
    found = detect(app(tmp_path, {"devDependencies": {"vite": "7"}}, **{lockfile: ""}))
    assert found.install.startswith(install)


def test_without_a_lockfile_it_says_so(tmp_path):
    found = detect(app(tmp_path, {"devDependencies": {"vite": "7"}}))
    assert found.install == "npm install"
    assert "no lockfile" in found.evidence[1]


def test_a_plain_site(tmp_path):
    (tmp_path / "public").mkdir()
    app(tmp_path / "public", **{"index.html": ""})
    found = detect(tmp_path)
    assert (found.output, found.build) == ("public", "")
    (tmp_path / "amplify.yml").write_text(render(found))
    assert check(tmp_path) == ()


@pytest.mark.parametrize("package", ["{", "[]", '{"scripts": {}}'])
def test_a_package_that_cannot_be_built(tmp_path, package):
    (tmp_path / "package.json").write_text(package)
    with pytest.raises(UsageError, match=r"package\.json"):
        detect(tmp_path)


def test_nothing_there(tmp_path):
    with pytest.raises(UsageError, match="neither"):
        detect(tmp_path)
