import json

import pytest

from engine.doctor.edit import apply

RULE = "output-folder"


def angular(builder="@angular/build:application", **options):
    build = {"builder": builder, "options": options}
    return json.dumps({"projects": {"shelf": {"projectType": "application", "architect": {"build": build}}}})


CLASSIC = angular("@angular-devkit/build-angular:browser", outputPath="out")


@pytest.mark.parametrize(
    ("needs", "build", "base", "files"),
    [
        ("vite", "vite build", "dist", {}),
        ("vite", "tsc -b && vite build", "build", {"vite.config.ts": "build: { outDir: './build' }"}),
        ("vite", "vite build", "build", {"vite.config.ts": "build: { outDir: process.env.OUT }"}),
        ("vite", "vite build", "client/dist", {"vite.config.ts": "root: 'client',"}),
        ("vite", "vite build --outDir out", "out", {}),
        ("vite", "vite build && mv dist public", "public", {}),
        ("vite", "make", "public", {}),
        ("react-scripts", "react-scripts build", "build", {}),
        ("react-scripts", "BUILD_PATH=x react-scripts build", "x", {}),
        ("gatsby", "gatsby build", "public", {}),
        ("astro", "astro build", "dist/client", {}),
        ("astro", "astro build", ".amplify-hosting", {}),
        ("nuxt", "nuxt generate", "dist", {}),
        ("next", "next build", "out", {"next.config.js": "output: 'export'"}),
        ("next", "next build", ".next", {}),
        ("@sveltejs/kit", "vite build", "build", {}),
        ("vite", "vite build", "site", {"site/index.html": ""}),
        ("@11ty/eleventy", "eleventy", "_site", {}),
        ("@11ty/eleventy", "eleventy", "out", {".eleventy.js": "return { dir: { output: 'out' } }"}),
        ("@11ty/eleventy", "eleventy", "x", {"eleventy.config.js": "c.setOutputDirectory('x')"}),
        ("@angular/core", "ng build", "dist/shelf/browser", {"angular.json": angular()}),
        ("@angular/core", "ng build other", "dist/other", {"angular.json": angular()}),
        ("@angular/core", "ng build", "dist", {}),
        ("@angular/core", "ng build", "dist", {"angular.json": "{"}),
    ],
)
def test_good(look, package, spec, needs, build, base, files):
    own = package(devDependencies={needs: "1", "vite": "7"}, scripts={"build": build})
    assert not look(RULE, {"package.json": own, "amplify.yml": spec("npm run build", base=base), **files})


def test_another_folder_is_left_alone(look, package, spec):
    own = package(devDependencies={"vite": "7"})
    for commands in (("cd web", "npm run build"), ("npm --prefix web run build",)):
        files = {
            "web/package.json": own,
            "package.json": own,
            "amplify.yml": spec(*commands, base="web/dist"),
        }
        assert not look(RULE, files)


@pytest.mark.parametrize(
    ("needs", "build", "base", "right", "files"),
    [
        ("vite", "vite build", "build", "dist", {}),
        (
            "vite",
            "vite build",
            "dist",
            "web",
            {"vite.config.js": "// outDir: 'dist'\nbuild: { outDir: 'web' }"},
        ),
        ("react-scripts", "react-scripts build", "dist", "build", {}),
        ("gatsby", "gatsby build", "build", "public", {}),
        ("@docusaurus/core", "docusaurus build", "public", "build", {}),
        ("astro", "astro build", "public", "dist", {}),
        ("nuxt", "nuxt generate", "public", ".output/public", {}),
        ("next", "next build", ".next", "out", {"next.config.js": "output: 'export'"}),
        ("@11ty/eleventy", "eleventy", "dist", "_site", {}),
        ("@angular/core", "ng build", "dist/shelf", "dist/shelf/browser", {"angular.json": angular()}),
        ("@angular/core", "ng build --configuration production", "dist", "out", {"angular.json": CLASSIC}),
    ],
)
def test_bad_and_mended(look, package, spec, tmp_path, needs, build, base, right, files):
    own = package(devDependencies={needs: "99", "vite": "7"}, scripts={"build": build})
    text = spec("npm run build", base=f"{base} # the site")
    (found,) = look(RULE, {"package.json": own, "amplify.yml": text, **files})
    assert found.where.line == 8
    assert apply(found.edit)
    assert f"baseDirectory: {right} # the site" in (tmp_path / "amplify.yml").read_text()


@pytest.mark.parametrize(
    ("command", "base", "right", "files"),
    [
        ("hugo --minify", "public", "", {"hugo.toml": "baseURL = 'https://example.com'"}),
        ("hugo -d out", "out", "", {"hugo.toml": "baseURL = 'https://example.com'"}),
        ("hugo --minify", "dist", "public", {"hugo.toml": "baseURL = 'https://example.com'"}),
        ("mkdocs build", "html", "", {"mkdocs.yml": "site_name: x\nsite_dir: html\n"}),
        ("mkdocs build --strict", "dist", "site", {"mkdocs.yml": "site_name: x\n"}),
        ("bundle exec jekyll build", "public", "_site", {"_config.yml": "title: x\n"}),
    ],
)
def test_without_a_package(look, spec, command, base, right, files):
    found = look(RULE, {"amplify.yml": spec(command, base=base), **files})
    assert [finding.edit.after for finding in found] == ([f"baseDirectory: {right}"] if right else [])
