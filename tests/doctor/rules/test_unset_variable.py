import pytest

RULE = "unset-variable"
READ = "const url = import.meta.env.VITE_API;\n"


@pytest.mark.parametrize(
    "files",
    [
        {".env": "VITE_API=https://api.example.com\n"},
        {".env.production": "export VITE_API='x'\n"},
        {"vite.config.js": "define: { 'import.meta.env.VITE_API': JSON.stringify(x) }"},
        {"src/b.js": "if (import.meta.env.VITE_API) start();"},
        {"src/b.js": "const a = import.meta.env.VITE_API ?? '';"},
    ],
)
def test_good(look, package, files):
    assert not look(RULE, {"package.json": package(), "src/a.js": READ, **files})


@pytest.mark.parametrize(
    "spec_of",
    [
        lambda spec: spec("npm run build", more="env:\n  variables:\n    VITE_API: x\n"),
        lambda spec: spec("export VITE_API=$(cat url.txt)", "npm run build"),
        lambda spec: spec("echo VITE_API=https://x >> .env", "npm run build"),
        lambda spec: spec("VITE_API=1 npm run build"),
    ],
)
def test_good_by_the_spec(look, package, spec, spec_of):
    assert not look(RULE, {"package.json": package(), "src/a.js": READ, "amplify.yml": spec_of(spec)})


def test_good_by_a_script(look, package):
    scripts = {"build": "cross-env VITE_API=1 vite build"}
    assert not look(RULE, {"package.json": package(scripts=scripts), "src/a.js": READ})


@pytest.mark.parametrize(
    "code",
    [
        "// import.meta.env.VITE_API",
        "process.env.VITE_API = '1';",
        "import.meta.env.MODE",
        "process.env.NODE_ENV",
        "process.env.SECRET_OF_THE_SERVER",
        "interface Env { readonly VITE_API: string }",
    ],
)
def test_good_code(look, package, code):
    assert not look(RULE, {"package.json": package(), "src/a.ts": code})


def test_tests_are_left_alone(look, package):
    assert not look(RULE, {"package.json": package(), "src/a.test.js": READ, "e2e/a.js": READ})


@pytest.mark.parametrize(
    "code",
    [
        "fetch(import.meta.env.VITE_API)",
        "fetch(process.env.REACT_APP_API + '/x')",
        "const { NEXT_PUBLIC_API } = process.env;",
        "const a = process.env['GATSBY_API'];",
        "import { PUBLIC_API } from '$env/static/public';",
        "import { API_KEY as key } from '$env/static/private';",
        "fetch(import.meta.env?.VITE_API!)",
    ],
)
def test_bad(look, package, code):
    (found,) = look(RULE, {"package.json": package(), "src/a.ts": f"\n{code}\n", "src/b.ts": code})
    assert found.where.line == 2
    assert "2 places" in found.message


def test_bad_where_only_this_machine_sets_it(look, package):
    files = {"package.json": package(), "src/a.js": READ, ".env": "VITE_API=x\n", ".gitignore": ".env\n"}
    (found,) = look(RULE, files, git=True)
    assert "git ignores it" in found.message


@pytest.mark.parametrize(
    "command",
    ["echo $API >> .env", 'echo "API=$API" >> .env', "deploy ${API}", "API=$API npm run build"],
)
def test_bad_commands(look, package, spec, command):
    (found,) = look(RULE, {"package.json": package(), "amplify.yml": spec(command)})
    assert "`$API`" in found.message


@pytest.mark.parametrize(
    "command",
    ["echo $AWS_BRANCH $HOME", "echo '$API'", "echo ${API:-x}", "awk '{print $1}'", "API=1; echo $API",
     "for f in a b; do echo $f; done", "read API; echo $API", "echo \\$API", "echo $(date) $?"],
)  # fmt: skip
def test_good_commands(look, package, spec, command):
    assert not look(RULE, {"package.json": package(), "amplify.yml": spec(command)})


LAYERED = "environments:\n  prod: {{branch: main, variables: {{VITE_API: x}}}}\nenv:\n{rest}"


def test_layers(look, package, spec):
    files = {"package.json": package(), "src/a.js": READ}
    rest = "  pull_requests: {variables: {VITE_API: y}}\n"
    assert not look(RULE, {**files, "amplify.yml": spec("true", more=LAYERED.format(rest=rest))})
    assert not look(
        RULE, {**files, "amplify.yml": spec("true", more="env: {secrets: [API]}\n"), "src/a.js": ""}
    )
    rest = "  variables: {OTHER: y}\n"
    (found,) = look(RULE, {**files, "amplify.yml": spec("true", more=LAYERED.format(rest=rest))})
    assert found.message == "nothing sets `VITE_API` for previews of pull requests, as others do"


def test_a_package_that_the_app_needs(look, package):
    amplify = """
        version: 1
        applications:
          - appRoot: apps/web
            frontend: {artifacts: {baseDirectory: dist}}
    """
    files = {
        "amplify.yml": amplify,
        "package.json": package(workspaces=["apps/*", "packages/*"]),
        "apps/web/package.json": package(dependencies={"@acme/api": "*"}),
        "packages/api/package.json": package(name="@acme/api"),
        "packages/other/package.json": package(name="@acme/other"),
        "packages/api/index.js": READ,
        "packages/other/index.js": "import.meta.env.VITE_OTHER",
    }
    (found,) = look(RULE, files)
    assert found.where.file.endswith("packages/api/index.js")
