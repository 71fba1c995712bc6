import pytest

RULE = "frozen-install"


@pytest.mark.parametrize(
    ("command", "lockfile"),
    [
        ("npm ci", "package-lock.json"),
        ("npm ci", "npm-shrinkwrap.json"),
        ("npm ci || npm install", "yarn.lock"),
        ("if [ -f package-lock.json ]; then npm ci; else npm install; fi", "yarn.lock"),
        ("npm install", "yarn.lock"),
        ("pnpm install --frozen-lockfile", "pnpm-lock.yaml"),
        ("cd $FOLDER && npm ci", "yarn.lock"),
        ("npm i -g serve", "yarn.lock"),
    ],
)
def test_good(look, package, spec, command, lockfile):
    assert not look(RULE, {"package.json": package(), lockfile: "{}", "amplify.yml": spec(command)})


@pytest.mark.parametrize(
    ("command", "lockfile", "fix"),
    [
        ("npm ci --cache .npm", "pnpm-lock.yaml", "pnpm install --frozen-lockfile"),
        ("pnpm i --frozen-lockfile", "package-lock.json", "npm ci"),
        ("npm ci", "README.md", "commit the lockfile"),
    ],
)
def test_bad(look, package, spec, command, lockfile, fix):
    (found,) = look(RULE, {"package.json": package(), lockfile: "{}", "amplify.yml": spec("echo", command)})
    assert found.where.line == 7
    assert fix in found.fix


def test_the_folder_counts(look, package, spec):
    files = {"web/package.json": package(), "web/package-lock.json": "{}", "package.json": package()}
    assert not look(RULE, {**files, "amplify.yml": spec("cd web", "npm ci")})
    assert not look(RULE, {**files, "amplify.yml": spec("npm ci --prefix web")})
    assert look(RULE, {**files, "amplify.yml": spec("npm ci")})
