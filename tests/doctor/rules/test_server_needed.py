import json

import pytest

RULE = "server-needed"
PRERENDERED = "export default { ssr: true, prerender: ['/'] }"
ANGULAR = json.dumps({"projects": {"a": {"architect": {"build": {"builder": "x", "options": {"ssr": {}}}}}}})


@pytest.mark.parametrize(
    ("needs", "base", "files"),
    [
        ("next", "out", {"next.config.mjs": "module.exports = { output: 'export' }"}),
        ("next", "out", {"next.config.mjs": "output: process.env.STATIC ? 'export' : undefined"}),
        ("astro", "dist", {"astro.config.mjs": "// output: 'server'\nsite: 'https://example.com'"}),
        ("@sveltejs/kit", "build", {"svelte.config.js": "import adapter from '@sveltejs/adapter-static'"}),
        ("@react-router/dev", "build/client", {"react-router.config.ts": "export default { ssr: false }"}),
        ("vite", "dist", {"next.config.js": "headers()"}),
        ("react-router", "dist", {"react-router.config.ts": "ssr: true"}),
        (
            "@react-router/dev",
            "build/client",
            {"react-router.config.ts": PRERENDERED},
        ),
        (
            "@react-router/dev",
            "build/client",
            {"react-router.config.ts": "export default { ssr: isDev }"},
        ),
    ],
)
def test_good(look, package, spec, needs, base, files):
    own = package(dependencies={needs: "4"})
    assert not look(RULE, {"package.json": own, "amplify.yml": spec("npm run build", base=base), **files})


@pytest.mark.parametrize(
    ("needs", "base", "files", "severity"),
    [
        ("next", ".next", {}, "error"),
        ("nuxt", ".output", {}, "error"),
        ("next", "out", {"next.config.js": "reactStrictMode: true"}, None),
        ("next", "out", {"next.config.js": "output: 'export',\nasync rewrites() {}"}, None),
        (
            "next",
            "out",
            {"next.config.js": "export default { output: 'export' }", "src/proxy.ts": ""},
            None,
        ),
        ("astro", "dist", {"astro.config.mjs": "export default { output: 'server' }"}, None),
        ("@sveltejs/kit", "build", {"svelte.config.js": "import a from '@sveltejs/adapter-auto'"}, None),
        ("@sveltejs/kit", "build", {"vite.config.ts": "import a from '@sveltejs/adapter-node'"}, None),
        ("@react-router/dev", "build/client", {"react-router.config.ts": "ssr: true"}, None),
        ("@angular/core", "dist", {"angular.json": ANGULAR}, None),
    ],
)
def test_bad(look, package, spec, needs, base, files, severity):
    own = package(dependencies={needs: "4"})
    (found,) = look(RULE, {"package.json": own, "amplify.yml": spec("npm run build", base=base), **files})
    assert found.severity == severity


def test_the_commands_decide(look, package, spec):
    files = {"package.json": package(dependencies={"nuxt": "4"})}
    assert look(RULE, {**files, "amplify.yml": spec("npx nuxt build", base="dist")})
    assert not look(RULE, {**files, "amplify.yml": spec("npx nuxt generate", base="dist")})
