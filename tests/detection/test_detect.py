"""Every framework is told from its files, with its output folder and whether it needs a server."""

import pytest

from engine.detection.detect import detect
from engine.detection.frameworks import FRAMEWORKS


def package(*names, **scripts):
    return {"package.json": {"dependencies": dict.fromkeys(names, "^9.1.0"), "scripts": scripts}}


NG = "@angular/build:application"


def angular(builder=NG, **options):
    build = {"builder": builder, "options": options}
    library = {"architect": {"build": {"builder": "@angular/build:ng-packagr"}}}
    return {
        **package("@angular/core", build="ng build"),
        "angular.json": {"projects": {"kit": library, "shop-ui": {"architect": {"build": build}}}},
    }


NEXT, NUXT = package("next", build="next build"), package("nuxt", build="nuxt build")
ASTRO, SVELTE = package("astro", build="astro build"), package("@sveltejs/kit", build="vite build")
VITE = package("vite", "react", build="vite build")
ROUTER = package("@react-router/dev", "vite", build="react-router build")
REMIX = package("@remix-run/dev", "vite", build="remix vite:build")
ELEVENTY = package("@11ty/eleventy", build="eleventy")
EXPO = package("expo", "react-native-web")

CASES = [
    # framework, rendering, output folder, files
    ("next", "server", "out", NEXT),
    ("next", "static", "out", NEXT | {"next.config.mjs": "export default { output: 'export' }"}),
    ("next", "static", "out", NEXT | {"next.config.ts": "const c: NextConfig = {output: `export`}"}),
    ("next", "static", "out", NEXT | {"next.config.js": 'module.exports = with_({"output": "export"})'}),
    ("next", "static", "dist", NEXT | {"next.config.js": "x = {output: 'export', distDir: 'dist'}"}),
    ("next", "server", "out", NEXT | {"next.config.js": "x = {output: 'standalone'}"}),
    ("next", "server", "out", NEXT | {"next.config.js": "x = { // output: 'export'\n }"}),
    ("next", "server", "out", NEXT | {"next.config.js": "x = {images: {output: 'export'}}"}),
    ("next", "static", "out", package("next", build="next build && next export")),
    ("nuxt", "server", ".output/public", NUXT),
    ("nuxt", "static", ".output/public", package("nuxt", build="nuxt generate")),
    ("nuxt", "static", ".output/public", package("nuxt", build="nuxt build", generate="nuxt generate")),
    ("nuxt", "static", ".output/public", NUXT | {"nuxt.config.ts": "defineNuxtConfig({ ssr: false })"}),
    ("nuxt", "server", ".output/public", NUXT | {"nuxt.config.ts": "d({routeRules: {'/a': {ssr: false}}})"}),
    ("nuxt2", "server", "dist", {"package.json": {"dependencies": {"nuxt": "^2.15.0"}}}),
    (
        "nuxt2",
        "static",
        "dist",
        {"package.json": {"dependencies": {"nuxt": "2"}, "scripts": {"generate": "g"}}},
    ),
    ("qwik", "server", "dist", package("@builder.io/qwik-city", "vite", build="qwik build")),
    (
        "qwik",
        "static",
        "dist",
        package("@qwik.dev/router", **{"build.server": "vite build -c adapters/static/vite.config.ts"}),
    ),
    ("solid-start", "server", ".output/public", package("@solidjs/start", build="vinxi build")),
    (
        "solid-start",
        "static",
        ".output/public",
        package("@solidjs/start", build="vinxi build")
        | {"app.config.ts": "defineConfig({server: {preset: 'static'}})"},
    ),
    ("jekyll", "static", "_site", {"_config.yml": "", "package.json": {"scripts": {"test": "x"}}}),
    ("nuxt", "server", ".output/public", NUXT | {"server/api/a.ts": "", "nuxt.config.ts": "d({ssr: false})"}),
    ("astro", "static", "dist", ASTRO),
    (
        "astro",
        "static",
        "docs",
        ASTRO | {"astro.config.mjs": "export default defineConfig({outDir: './docs'})"},
    ),
    (
        "astro",
        "server",
        "dist",
        ASTRO | {"astro.config.mjs": "export default defineConfig({output: 'server'})"},
    ),
    ("astro", "server", "dist", ASTRO | {"astro.config.mjs": "defineConfig({adapter: node({mode: 'x'})})"}),
    ("sveltekit", "server", "build", SVELTE),
    ("sveltekit", "server", "build", SVELTE | {"svelte.config.js": "import a from '@sveltejs/adapter-node'"}),
    (
        "sveltekit",
        "static",
        "build",
        SVELTE | {"svelte.config.js": "import a from '@sveltejs/adapter-static'"},
    ),
    (
        "sveltekit",
        "static",
        "www",
        SVELTE
        | {
            "vite.config.ts": "import adapter from '@sveltejs/adapter-static'\n"
            "export default defineConfig({plugins: [sveltekit({adapter: adapter({pages: 'www'})})]})"
        },
    ),
    ("gatsby", "static", "public", package("gatsby", build="gatsby build")),
    ("docusaurus", "static", "build", package("@docusaurus/core", build="docusaurus build")),
    ("docusaurus", "static", "site", package("@docusaurus/core", build="docusaurus build --out-dir site")),
    ("eleventy", "static", "_site", ELEVENTY),
    ("eleventy", "static", "www", package("@11ty/eleventy", build="eleventy --output=www")),
    (
        "eleventy",
        "static",
        "public",
        ELEVENTY | {".eleventy.js": "module.exports = function (c) { return {dir: {output: 'public'}} }"},
    ),
    (
        "eleventy",
        "static",
        "www",
        ELEVENTY | {"eleventy.config.js": "export default (c) => { c.setOutputDirectory('www') }"},
    ),
    ("vitepress", "static", ".vitepress/dist", package("vitepress", build="vitepress build")),
    ("react-router", "server", "build/client", ROUTER),
    (
        "react-router",
        "static",
        "build/client",
        ROUTER | {"react-router.config.ts": "export default {ssr: false}"},
    ),
    ("remix", "server", "build/client", REMIX),
    ("remix", "static", "build/client", REMIX | {"vite.config.ts": "d({plugins: [remix({ssr: false})]})"}),
    ("angular", "static", "dist/shop-ui/browser", angular()),
    ("angular", "static", "dist/www/browser", angular(outputPath="dist/www")),
    ("angular", "static", "dist/www", angular(outputPath={"base": "dist/www", "browser": ""})),
    (
        "angular",
        "static",
        "dist/shop",
        angular("@angular-devkit/build-angular:browser", outputPath="dist/shop"),
    ),
    (
        "angular",
        "server",
        "dist/shop-ui/browser",
        angular(server="src/main.server.ts", ssr={"entry": "s.ts"}),
    ),
    ("angular", "static", "dist/shop-ui/browser", angular(ssr={"entry": "s.ts"}, outputMode="static")),
    ("angular", "static", "dist/shop", package("@angular/core", build="ng build")),
    (
        "angular",
        "static",
        "dist/shop/browser",
        {"package.json": {"dependencies": {"@angular/core": "^17.1"}}},
    ),
    ("expo", "static", "dist", EXPO),
    ("expo", "server", "dist", EXPO | {"app.json": {"expo": {"web": {"output": "server"}}}}),
    ("create-react-app", "static", "build", package("react-scripts", build="react-scripts build")),
    (
        "create-react-app",
        "static",
        "www",
        package("react-scripts", build="BUILD_PATH=./www react-scripts build"),
    ),
    (
        "create-react-app",
        "static",
        "x",
        package("react-scripts", build="r") | {".env": "A=1\nBUILD_PATH='x'\n"},
    ),
    ("vue-cli", "static", "dist", package("@vue/cli-service", build="vue-cli-service build")),
    (
        "vue-cli",
        "static",
        "w",
        package("@vue/cli-service", build="v") | {"vue.config.js": "x = {outputDir: 'w'}"},
    ),
    ("quasar", "static", "dist/spa", package("@quasar/app-vite", "vite", build="quasar build")),
    ("hexo", "static", "public", package("hexo", build="hexo generate")),
    ("vite", "static", "dist", VITE),
    ("vite", "static", "out", VITE | {"vite.config.ts": "defineConfig(() => ({build: {outDir: 'out'}}))"}),
    ("vite", "static", "src/dist", VITE | {"vite.config.ts": "defineConfig({root: 'src'})"}),
    ("vite", "static", "dist", VITE | {"vite.config.ts": "d({root: 'src', build: {outDir: '../dist'}})"}),
    ("vite", "static", "", VITE | {"vite.config.ts": "d({build: {outDir: process.env.OUT}})"}),
    ("vite", "static", "", VITE | {"vite.config.ts": "d({build: {outDir: '../server/public'}})"}),
    ("vite", "static", "www", package("vite", "vue", build="vue-tsc && vite build --outDir www")),
    ("vite", "static", "dist", package("vite", build="tsc --outDir lib && vite build")),
    (
        "vite",
        "static",
        "www",
        package("vite", build="npm run site", site="cross-env A=1 vite build --outDir=www"),
    ),
    ("vite", "static", "dist", package("vite", build="npm run build")),
    (
        "vite",
        "static",
        "www",
        VITE | {"vite.config.ts": "d({build: {outDir: path.resolve(__dirname, 'www')}})"},
    ),
    ("vite", "static", "", VITE | {"vite.config.ts": "d({build: {outDir: resolve(root, 'www')}})"}),
    (
        "vite",
        "static",
        "www",
        VITE
        | {"vite.config.ts": "d({root: resolve(__dirname, 'src'), build: {outDir: join(__dirname, 'www')}})"},
    ),
    ("vite", "static", "src/dist", VITE | {"vite.config.ts": "d({root: path.resolve(__dirname, 'src')})"}),
    ("vite", "static", "", VITE | {"vite.config.ts": "d({root: process.env.ROOT})"}),
    ("vite", "static", "web/dist", package("vite", build="vite build web")),
    ("vite", "static", "web/out", package("vite", build="vite build web --outDir out")),
    (
        "vite",
        "static",
        "src/out",
        package("vite", build="vite build --outDir out") | {"vite.config.js": "x = {root: 'src'}"},
    ),
    ("rsbuild", "static", "dist", package("@rsbuild/core", build="rsbuild build")),
    (
        "rsbuild",
        "static",
        "www",
        package("@rsbuild/core") | {"rsbuild.config.ts": "d({output: {distPath: {root: 'www'}}})"},
    ),
    ("tanstack-start", "server", "dist/client", package("@tanstack/react-start", "vite", build="vite build")),
    (
        "tanstack-start",
        "static",
        "dist/client",
        package("@tanstack/react-start", "vite")
        | {"vite.config.ts": "d({plugins: [tanstackStart({spa: {enabled: true}})]})"},
    ),
    ("analog", "server", "dist/analog/public", package("@analogjs/platform", "vite", "@angular/core")),
    (
        "analog",
        "static",
        "dist/analog/public",
        package("@analogjs/platform", "vite") | {"vite.config.ts": "d({plugins: [analog({static: true})]})"},
    ),
    ("parcel", "static", "dist", package("parcel", build="parcel build src/index.html")),
    ("webpack", "static", "dist", package("webpack", build="webpack")),
    (
        "webpack",
        "static",
        "www",
        package("webpack") | {"webpack.config.js": "x = {output: {path: path.join(__dirname, './www')}}"},
    ),
    ("webpack", "static", "", package("webpack") | {"webpack.config.js": "x = {output: {path: out}}"}),
    ("jekyll", "static", "_site", {"Gemfile": 'gem "jekyll", "~> 4.3"', "_config.yml": "title: x"}),
    ("jekyll", "static", "www", {"Gemfile": "gem 'github-pages'", "_config.yml": "destination: ./www"}),
    ("mkdocs", "static", "site", {"mkdocs.yml": "site_name: x\nmarkdown_extensions: [!!python/name:a.b '']"}),
    ("mkdocs", "static", "out", {"mkdocs.yml": "site_name: x\nsite_dir: out"}),
    ("hugo", "static", "public", {"hugo.toml": 'baseURL = "https://x/"'}),
    ("hugo", "static", "public", {"config.toml": 'baseURL = "https://x/"\ntitle = "x"'}),
    ("hugo", "static", "docs", {"config.yaml": "baseURL: /\npublishDir: docs"}),
    ("hugo", "static", "public", package(build="hugo --minify") | {"hugo.toml": "baseURL = 'https://x/'"}),
    ("hugo", "static", "www", package(build="hugo -d www") | {"hugo.toml": "baseURL = 'https://x/'"}),
    ("zola", "static", "public", {"config.toml": 'base_url = "https://x/"\ntitle = "x"'}),
    ("html", "static", ".", {"index.html": ""}),
    ("html", "static", "public", {"public/index.html": "", "package.json": {"scripts": {"start": "serve"}}}),
]


@pytest.mark.parametrize(("name", "rendering", "output", "files"), CASES)
def test_framework_rendering_and_output(app, name, rendering, output, files):
    found = detect(app(files))
    assert found.framework is not None
    assert (found.framework.id, found.rendering, found.output) == (name, rendering, output)


def test_every_framework_of_the_table_has_a_case():
    assert {name for name, *_ in CASES} == {framework.id for framework in FRAMEWORKS}


def test_a_framework_that_needs_a_server_says_what_to_do(app):
    found = detect(app(NEXT))
    assert "output: 'export'" in found.advice[0]


@pytest.mark.parametrize("files", [{}, {"README.md": ""}, package(build="make"), {"package.json": "{"}])
def test_nothing_that_is_known(app, files):
    found = detect(app(files))
    assert (found.framework, found.output) == (None, "")


def test_a_server_is_built_by_its_own_script_even_where_one_makes_files(app):
    files = package("nuxt", build="nuxt build", generate="nuxt generate")
    files["package.json"]["dependencies"]["nuxt"] = "4"
    assert detect(app(files)).build == ("npm run generate",)
    assert detect(app({"server/api/list.get.ts": ""})).build == ("npm run build",)
    files["package.json"]["scripts"]["build"] = "nuxt generate"
    assert detect(app(files)).rendering == "static"


def test_a_server_of_no_framework(app):
    found = detect(app(package("express", build="tsc")))
    assert (found.framework, found.rendering) == (None, "server")
    assert "needs a server" in found.advice[0]


def test_of_a_folder_that_is_the_site_only_the_pages_are_published(app):
    found = detect(app({"index.html": "", "README.md": "", ".env": "", "package.json": {}}))
    assert found.output == "."
    assert {"!README.md", "!.env*", "!package*.json", "!amplify.yml"} <= set(found.unpublished)


@pytest.mark.parametrize(
    ("build", "folder"),
    [
        ("bun build ./index.html --outdir=www --minify --public-path=/", "www"),
        ("tsc --outDir lib && esbuild src/app.ts --bundle --outdir ./www", "www"),
        ("tsc --outDir lib", ""),
        ("esbuild --outdir=../www", ""),
        ("make", ""),
    ],
)
def test_the_output_of_a_tool_that_is_not_known(app, build, folder):
    assert detect(app({"package.json": {"scripts": {"build": build}}, "index.html": ""})).output == folder


def test_the_page_for_what_no_file_answers(app):
    config = (
        "import a from '@sveltejs/adapter-static'\nexport default {kit: {adapter: a({fallback: '200.html'})}}"
    )
    assert detect(app(SVELTE | {"svelte.config.js": config})).fallback == "/200.html"
    assert detect(app({"svelte.config.js": "import a from '@sveltejs/adapter-static'"})).fallback == ""
    assert detect(app(VITE)).fallback == "/index.html"
