RULE = "lockfiles-several"


def test_good(look, package):
    assert not look(RULE, {"package.json": package(), "bun.lock": "", "bun.lockb": ""})


def test_bad_names_the_one_that_nobody_calls(look, package):
    (found,) = look(RULE, {"package.json": package(), "package-lock.json": "{}", "yarn.lock": ""})
    assert found.where.file.endswith("yarn.lock")


def test_bad_goes_by_package_manager(look, package):
    files = {"package.json": package(packageManager="yarn@4.5.0"), "package-lock.json": "{}", "yarn.lock": ""}
    (found,) = look(RULE, files)
    assert found.where.file.endswith("package-lock.json")
