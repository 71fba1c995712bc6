import pytest

RULE = "spa-fallback"
SPA = {"react": "19.2.0", "react-router-dom": "7.9.4", "vite": "^7.0.0"}


def rules(*lines):
    return "redirects:\n" + "".join(f"  - {line}\n" for line in lines)


@pytest.mark.parametrize(
    "more",
    [
        "",
        rules(
            "{source: /old, target: /new, status: 301}",
            "{source: /<*>, target: /index.html, status: 404-200}",
        ),
        rules("{source: '</^[^.]+$|\\.(?!(css|js)$)([^.]+$)/>', target: /index.html, status: 200}"),
    ],
)
def test_good(look, package, spec, more):
    files = {"package.json": package(dependencies=SPA), "amplify.yml": spec("npm ci", more=more)}
    assert not look(RULE, files)


def test_good_where_pages_are_files(look, package, spec):
    more = rules("{source: /old, target: /new, status: 301}")
    files = {
        "package.json": package(dependencies={**SPA, "gatsby": "^5"}),
        "amplify.yml": spec("npm ci", more=more),
    }
    assert not look(RULE, files)


def test_bad(look, package, spec):
    more = rules("{source: /old, target: /new, status: 301}")
    (found,) = look(
        RULE, {"package.json": package(dependencies=SPA), "amplify.yml": spec("npm ci", more=more)}
    )
    assert found.where.line == 9
