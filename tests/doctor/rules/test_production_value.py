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


LAYERS = """\
environments:
  prod:
    branch: main
    variables:
      VITE_POOL: eu-west-1_AbCdEf123
      VITE_API: https://a1b2c3.execute-api.eu-west-1.amazonaws.com/v1
      VITE_DSN: https://1@o1.ingest.example.io/2
      VITE_MODE: fast
env:
  pull_requests:
    variables:
      VITE_POOL: {pool}
      VITE_API: {api}
      VITE_DSN: https://9@o1.ingest.example.io/8
      VITE_MODE: fast
"""
OTHER = {"pool": "eu-west-1_Zz9Zz9Zz9", "api": "https://zzzzzz.execute-api.eu-west-1.amazonaws.com/v1"}


def test_good_layers(look, spec):
    assert not look(RULE, {"amplify.yml": spec("true", more=LAYERS.format(**OTHER))})


@pytest.mark.parametrize(
    ("own", "line"),
    [
        ({"pool": "eu-west-1_AbCdEf123"}, 20),
        ({"api": "https://a1b2c3.execute-api.eu-west-1.amazonaws.com/v2"}, 21),
    ],
)
def test_bad_layers(look, spec, own, line):
    (found,) = look(RULE, {"amplify.yml": spec("true", more=LAYERS.format(**{**OTHER, **own}))})
    assert found.where.line == line
    assert "production sets" in found.message


def test_production_itself_is_good(look, spec):
    more = "environments:\n  prod: {branch: main, domain: notes.example.com, variables: {A: 'https://notes.example.com'}}\n"
    assert not look(RULE, {"amplify.yml": spec("true", more=more)})
