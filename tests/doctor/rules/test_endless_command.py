import pytest

RULE = "endless-command"


@pytest.mark.parametrize(
    "command",
    [
        "npm run build",
        "vite build",
        "npm start & npx wait-on http://localhost:3000",
        "next build",
        "ng build --watch=false",
    ],
)
def test_good(look, package, spec, command):
    scripts = {"build": "vite build", "start": "vite"}
    assert not look(RULE, {"package.json": package(scripts=scripts), "amplify.yml": spec(command)})


@pytest.mark.parametrize(
    ("command", "script"),
    [
        ("npm run dev", "vite"),
        ("npm run dev", "vite --host 0.0.0.0"),
        ("npm run dev", "NODE_ENV=production next dev -p 3000"),
        ("npm start", "react-scripts start"),
        ("yarn dev", "cross-env A=1 nuxt dev"),
        ("ng serve", ""),
        ("npx astro dev", ""),
        ("hugo server", ""),
    ],
)
def test_bad(look, package, spec, command, script):
    files = {"package.json": package(scripts={"dev": script, "start": script}), "amplify.yml": spec(command)}
    (found,) = look(RULE, files)
    assert found.where.line == 6
