RULE = "package-json-broken"


def test_good(look, package):
    assert not look(RULE, {"package.json": package()})


def test_bad(look):
    (found,) = look(RULE, {"package.json": '{\n  "name": "app",\n}\n'})
    assert found.where.line in (2, 3)
