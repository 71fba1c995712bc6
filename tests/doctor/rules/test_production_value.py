import pytest

RULE = "production-value"
MORE = """\
environments:
  prod: {{branch: main, domain: notes.example.com}}
  preview: {{branch: "*", pull_requests: true}}
env:
  variables:
    VITE_API: {value}
"""


@pytest.mark.parametrize(
    "value",
    ["https://api.dev.example.com", "https://api.example.com/product", "https://production-line.example.org"],
)
def test_good(look, spec, value):
    assert not look(RULE, {"amplify.yml": spec("true", more=MORE.format(value=value))})


@pytest.mark.parametrize(
    "value",
    ["https://notes.example.com/api", "https://api.notes.example.com", "https://api.prod.example.org/v1"],
)
def test_bad(look, spec, value):
    (found,) = look(RULE, {"amplify.yml": spec("true", more=MORE.format(value=value))})
    assert found.where.line == 14
