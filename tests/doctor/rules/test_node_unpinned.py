RULE = "node-unpinned"
NEEDS = {"vite": "^7.0.0"}


def test_good(look, package, spec):
    assert not look(RULE, {"package.json": package(dependencies=NEEDS), ".nvmrc": "22"})
    assert not look(RULE, {"package.json": package(dependencies=NEEDS, engines={"node": "22"}), ".nvmrc": ""})
    commands = spec("nvm install 22", "npm run build")
    assert not look(RULE, {"package.json": package(dependencies=NEEDS), "amplify.yml": commands})
    assert not look(RULE, {"package.json": package()})
    commands = spec("bun install", "bun run build")
    assert not look(RULE, {"package.json": package(dependencies=NEEDS), "amplify.yml": commands})


def test_bad(look, package):
    (found,) = look(RULE, {"package.json": package(dependencies=NEEDS)})
    assert ".nvmrc" in found.fix
