import pytest

RULE = "nothing-installed"
NEEDS = {"vite": "^7.0.0"}


@pytest.mark.parametrize(
    "command", ["npm ci", "yarn", "make deps", "bun install", "./setup.sh", "npm run setup"]
)
def test_good(look, package, spec, command):
    scripts = {"build": "vite build", "setup": "npm ci"}
    files = {"package.json": package(dependencies=NEEDS, scripts=scripts)}
    assert not look(RULE, {**files, "amplify.yml": spec(command, "npm run build")})


def test_good_where_nothing_is_needed(look, package, spec):
    assert not look(RULE, {"package.json": package(), "amplify.yml": spec("npm run build")})


def test_bad(look, package, spec):
    files = {"package.json": package(dependencies=NEEDS), "amplify.yml": spec("echo hi", "npm run build")}
    (found,) = look(RULE, files)
    assert found.where.line == 7
