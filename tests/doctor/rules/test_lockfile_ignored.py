from engine.doctor.edit import apply

RULE = "lockfile-ignored"


def test_good(look, package):
    files = {"package.json": package(), "package-lock.json": "{}", ".gitignore": "node_modules/\n"}
    assert not look(RULE, files, git=True)


def test_good_outside_of_a_checkout(look, package):
    files = {"package.json": package(), "package-lock.json": "{}", ".gitignore": "package-lock.json\n"}
    assert not look(RULE, files)


def test_bad_and_mended(look, package, tmp_path):
    files = {"package.json": package(), "package-lock.json": "{}", ".gitignore": "dist\n/package-lock.json\n"}
    (found,) = look(RULE, files, git=True)
    assert found.where.line == 2
    assert apply(found.edit)
    assert (tmp_path / ".gitignore").read_text() == "dist\n"
    assert not look(RULE, {})


def test_bad_by_a_pattern_that_no_edit_touches(look, package):
    files = {"package.json": package(), "package-lock.json": "{}", ".gitignore": "*.json\n"}
    (found,) = look(RULE, files, git=True)
    assert found.edit is None
