RULE = "unexposed-variable"
VITE = {"vite": "^7.0.0", "react": "^19.0.0"}


def test_good(look, package):
    files = {"src/a.js": "import.meta.env.VITE_A; import.meta.env.MODE; process.env.NODE_ENV"}
    assert not look(RULE, {**files, "package.json": package(devDependencies=VITE)})
    astro = package(dependencies={"astro": "^5", "vite": "^6"})
    assert not look(RULE, {"src/b.js": "import.meta.env.SECRET", "package.json": astro})


def test_good_with_a_prefix_of_its_own(look, package):
    files = {"src/a.js": "import.meta.env.APP_A", "vite.config.ts": "export default { envPrefix: 'APP_' }"}
    assert not look(RULE, {**files, "package.json": package(devDependencies=VITE)})


def test_bad(look, package):
    files = {"src/a.js": "\nimport.meta.env.REACT_APP_API\n", "package.json": package(devDependencies=VITE)}
    (found,) = look(RULE, files)
    assert found.where.line == 2
    assert "`VITE_API`" in found.fix


def test_bad_with_create_react_app(look, package):
    own = package(dependencies={"react-scripts": "5.0.1"})
    (found,) = look(RULE, {"src/a.js": "process.env.API_URL", "package.json": own})
    assert "`REACT_APP_API_URL`" in found.fix
