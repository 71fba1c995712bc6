import pytest

RULE = "missing-script"


@pytest.mark.parametrize(
    "command",
    [
        "npm run build",
        "npm run build -- --mode staging",
        "npm run --if-present lint",
        "npm run lint || true",
        "npm run build:$STAGE",
        "npm run lint -w packages/a",
        "npm run",
        "yarn build",
        "yarn vite build",
        "pnpm --filter web run lint",
        "bun run x.ts",
        "bun build src/index.ts",
        "pnpm run build && echo done",
        "npm start",
        "# npm run lint",
    ],
)
def test_good(look, package, spec, command):
    assert not look(RULE, {"package.json": package(), "amplify.yml": spec(command)})


@pytest.mark.parametrize(
    "command",
    ["npm run biuld", "npm test", "yarn lint", "yarn run test", "pnpm run biuld", "npm ci && npm run lint"],
)
def test_bad(look, package, spec, command):
    (found,) = look(RULE, {"package.json": package(), "amplify.yml": spec(command)})
    assert found.where.line == 6
    assert "build" in found.fix


def test_bad_folder(look, package, spec):
    files = {"web/package.json": package()}
    assert look(RULE, {**files, "amplify.yml": spec("npm run build")})
    assert not look(RULE, {**files, "amplify.yml": spec("cd web", "npm run build")})
    assert not look(RULE, {**files, "amplify.yml": spec("npm --prefix web run build")})
    assert not look(RULE, {**files, "amplify.yml": spec("npm run --prefix web build")})
