RULE = "publishes-sources"
NEEDS = {"vite": "^7.0.0"}


def test_good(look, package, spec):
    assert not look(RULE, {"package.json": package(dependencies=NEEDS)})
    assert not look(RULE, {"package.json": "{}", "index.html": "", "amplify.yml": spec(base="/")})


def test_good_with_an_exact_list(look, package, spec):
    more = "    files: [index.html, '*.css']\n"
    files = {"package.json": package(dependencies=NEEDS), "amplify.yml": spec("npm ci", base="/", more="")}
    files["amplify.yml"] += more
    assert not look(RULE, files)


def test_bad(look, package, spec):
    files = {
        "package.json": package(dependencies=NEEDS),
        ".env": "A=1\n",
        "amplify.yml": spec("npm ci", base="."),
    }
    (found,) = look(RULE, files)
    assert found.where.line == 8
    assert ".env" in found.message
