RULE = "app-folder-missing"
APP = """
    version: 1
    applications:
      - appRoot: {root}
        frontend:
          artifacts: {{baseDirectory: dist}}
"""


def test_good(look):
    assert not look(RULE, {"amplify.yml": APP.format(root="apps/web"), "apps/web/index.html": ""})


def test_bad(look):
    (found,) = look(RULE, {"amplify.yml": APP.format(root="apps/wbe"), "apps/web/index.html": ""})
    assert (found.where.line, "apps/wbe" in found.message) == (4, True)


def test_bad_by_its_case(look):
    (found,) = look(RULE, {"amplify.yml": APP.format(root="Web"), "web/index.html": ""})
    assert "`web`" in found.fix
