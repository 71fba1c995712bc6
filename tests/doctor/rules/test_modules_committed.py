RULE = "modules-committed"


def test_good(look):
    files = {"node_modules/a/index.js": "", ".gitignore": "node_modules/\n", "src/node_modules.js": ""}
    assert not look(RULE, files, git=True)


def test_bad(look):
    (found,) = look(RULE, {"web/node_modules/a/index.js": "", "web/a.js": ""}, git=True)
    assert "1 file " in found.message
