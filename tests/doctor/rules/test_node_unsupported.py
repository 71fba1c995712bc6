import json

RULE = "node-unsupported"


def lock(engines):
    return json.dumps(
        {"packages": {"node_modules/astro": {"version": "7.3.5", "engines": {"node": engines}}}}
    )


def test_good(look, package):
    files = {"package.json": package(dependencies={"astro": "^7"}), "package-lock.json": lock(">=22.12")}
    assert not look(RULE, {**files, ".nvmrc": "22"})
    assert not look(RULE, {**files, ".nvmrc": ""})


def test_bad_by_the_lockfile(look, package):
    files = {"package.json": package(dependencies={"astro": "^7"}), "package-lock.json": lock(">=22.12")}
    (found,) = look(RULE, {**files, ".nvmrc": "20\n"})
    assert found.message == "astro 7.3.5 needs Node >=22.12, and .nvmrc says 20"
    assert "22" in found.fix


def test_bad_by_what_is_installed(look, package):
    installed = json.dumps({"name": "astro", "version": "7.3.5", "engines": {"node": ">=22.12"}})
    files = {
        "package.json": package(dependencies={"astro": "^7"}),
        "node_modules/astro/package.json": installed,
    }
    assert look(RULE, {**files, ".nvmrc": "20\n"})


def test_a_lockfile_of_another_shape(look, package):
    files = {"package.json": package(dependencies={"astro": "^7"}), ".nvmrc": "20"}
    for text in ("", "[]", '{"packages": []}', '{"packages": {"node_modules/astro": 1}}'):
        assert not look(RULE, {**files, "package-lock.json": text})
