"""A build that ended well and left no folder: the likely cause is named."""

import json
from pathlib import Path

import pytest

from engine.bundle.causes import CAUSES
from engine.bundle.output_folder import find_output
from engine.errors import BuildError
from engine.spec.model import Spec


def refused(
    project: Path, base: str, app_root: str = "", commands: tuple[str, ...] = ("build",)
) -> BuildError:
    frontend = {"artifacts": {"baseDirectory": base}, "phases": {"build": {"commands": commands}}}
    spec = Spec.model_validate({"app": "a", "app_root": app_root, "frontend": frontend})
    with pytest.raises(BuildError) as caught:
        find_output((project / app_root).resolve(), spec, project)
    return caught.value


def depend(app: Path, *packages: str, dev: bool = False) -> None:
    key = "devDependencies" if dev else "dependencies"
    (app / "package.json").write_text(json.dumps({key: dict.fromkeys(packages, "1")}))


EXPORT = "module.exports = { output: 'export' }"
ANGULAR = (
    '{"projects": {"shop": {"architect": {"build": {"options": {"outputPath": {"base": "out/shop"}}}}}}}'
)


@pytest.mark.parametrize(
    ("base", "packages", "files", "message", "hint"),
    [
        (
            "build",
            ["@sveltejs/kit", "@sveltejs/adapter-auto"],
            {},
            "adapter-auto knows no host",
            "adapter-static",
        ),
        (
            "build",
            ["@sveltejs/kit"],
            {".svelte-kit/output/client/a": ""},
            "leaves its output to an adapter",
            "build",
        ),
        ("build", ["@angular/core"], {"dist/shop/browser/x": ""}, "`dist/shop/browser`", "`"),
        (
            "dist/shop",
            ["@angular/core"],
            {"angular.json": ANGULAR},
            "`out/shop`",
            "`baseDirectory: out/shop/browser`",
        ),
        ("out", ["next"], {"next.config.js": "module.exports = {}"}, "next.config lacks", "output: 'export'"),
        ("dist", ["next"], {"next.config.mjs": EXPORT}, "static site to `out`", "`baseDirectory: out`"),
        ("out", ["next"], {}, "without a next.config", "add next.config.js"),
        ("dist", ["nuxt", "vue"], {}, "`.output/public`", "nuxt generate"),
        (
            "dist",
            ["vite"],
            {"vite.config.ts": 'export default {build: {outDir: "../www"}}'},
            "`../www`",
            "../www",
        ),
        ("build", ["astro"], {"astro.config.mjs": "{outDir: './pages'}"}, "`./pages`", "pages"),
        ("dist", ["react-scripts"], {"public/index.html": ""}, "Create React App writes to `build`", "build"),
        ("build", ["vite", "react"], {}, "Vite writes to `dist`", "`baseDirectory: dist`"),
    ],
)
def test_each_cause_by_its_evidence(tmp_path, base, packages, files, message, hint):
    depend(tmp_path, *packages, dev=len(packages) == 1)
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    error = refused(tmp_path, base)
    assert error.message.startswith(f"baseDirectory `{base}` does not exist after the build: ")
    assert message in error.message and hint in error.hint


def test_the_table_says_what_to_do():
    assert all(cause.means and cause.hint and cause.package for cause in CAUSES)
    assert all(not cause.config or cause.says or cause.lacks for cause in CAUSES)


def test_a_folder_that_holds_a_site_is_better_evidence(tmp_path):
    depend(tmp_path, "vite")
    (tmp_path / "www").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/index.html").write_text("")
    assert "did you mean `out`" in refused(tmp_path, "dist").hint


def test_no_commands_at_all(tmp_path):
    assert "no commands, so nothing was built" in refused(tmp_path, "dist", commands=()).message
    assert "did the build run?" in refused(tmp_path, "dist").hint


def test_a_link_to_what_is_gone_is_named(tmp_path):
    depend(tmp_path, "nuxt")
    (tmp_path / "dist").symlink_to(tmp_path / ".output/public")
    error = refused(tmp_path, "dist")
    assert "is a link to" in error.message and ".output/public" in error.message
    assert "nuxt generate" in error.hint


def test_a_folder_that_counts_from_the_repository(tmp_path):
    (tmp_path / "apps/web/dist").mkdir(parents=True)
    assert refused(tmp_path, "apps/web/dist", "apps/web").hint == "it counts from `apps/web`: write `dist`"


@pytest.mark.parametrize("base", ["dist", "dist/shop"])
def test_angulars_browser_folder(tmp_path, base):
    (tmp_path / "dist/shop/browser").mkdir(parents=True)
    (tmp_path / "dist/shop/browser/index.html").write_text("")
    error = refused(tmp_path, base)
    assert "holds no index.html" in error.message
    assert error.hint == "set `baseDirectory: dist/shop/browser`"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"dependencies": []}'])
def test_a_package_json_that_says_nothing(tmp_path, text):
    (tmp_path / "package.json").write_text(text)
    assert "did the build run?" in refused(tmp_path, "dist").hint
