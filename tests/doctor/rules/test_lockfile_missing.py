RULE = "lockfile-missing"
NEEDS = {"react": "^19.0.0"}
NESTED = (
    "version: 1\napplications:\n  - appRoot: apps/web\n    frontend: {artifacts: {baseDirectory: dist}}\n"
)


def test_good(look, package):
    assert not look(RULE, {"package.json": package(dependencies=NEEDS), "yarn.lock": ""})


def test_good_with_the_lockfile_of_the_workspace(look, package):
    files = {
        "apps/web/package.json": package(dependencies=NEEDS),
        "pnpm-lock.yaml": "",
        "amplify.yml": NESTED,
    }
    assert not look(RULE, files)


def test_good_without_dependencies(look, package):
    assert not look(RULE, {"package.json": package()})


def test_bad(look, package, spec):
    files = {"package.json": package(dependencies=NEEDS), "amplify.yml": spec("pnpm run build")}
    (found,) = look(RULE, files)
    assert "pnpm-lock.yaml" in found.fix
