RULE = "manager-mismatch"


def test_good(look, package, spec):
    files = {"package.json": package(packageManager="yarn@1.22.22"), "yarn.lock": ""}
    assert not look(RULE, {**files, "amplify.yml": spec("yarn", "yarn build", "npm i -g serve", "npx foo")})


def test_bad_commands(look, package, spec):
    files = {"package.json": package(), "pnpm-lock.yaml": "", "amplify.yml": spec("npm install")}
    (found,) = look(RULE, files)
    assert found.where.line == 6
    assert "pnpm install --frozen-lockfile" in found.fix


def test_bad_package_manager(look, package, spec):
    files = {"package.json": package(packageManager="pnpm@9.15.9"), "package-lock.json": "{}"}
    (found,) = look(RULE, {**files, "amplify.yml": spec("npm ci")})
    assert found.where.file.endswith("package.json")
    assert found.where.line > 1
