RULE = "spec-ignored"


def test_good(look):
    assert not look(RULE, {".gitignore": "dist\n"}, git=True)
    assert not look(RULE, {})


def test_bad(look):
    (found,) = look(RULE, {".gitignore": "*.yml\n"}, git=True)
    assert found.where.file.endswith("amplify.yml")
