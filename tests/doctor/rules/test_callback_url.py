import json

import pytest

RULE = "callback-url"


def variables(name, value):
    return f"env:\n  variables:\n    {name}: {value}\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VITE_CALLBACK_URL", "https://notes.example.com/"),
        ("REDIRECT_SIGN_IN", "http://localhost:3000/,https://notes.example.com/"),
        ("API_URL", "http://localhost:3000/"),
        ("REDIRECT_URL", "/after"),
    ],
)
def test_good(look, spec, name, value):
    assert not look(RULE, {"amplify.yml": spec("true", more=variables(name, value))})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VITE_CALLBACK_URL", "http://localhost:3000/"),
        ("NEXT_PUBLIC_REDIRECT_SIGN_OUT", "http://localhost:5173"),
        ("LOGOUT_URI", "http://notes.example.com/"),
    ],
)
def test_bad(look, spec, name, value):
    (found,) = look(RULE, {"amplify.yml": spec("true", more=variables(name, value))})
    assert found.where.line == 11


def outputs(*urls):
    oauth = {"redirect_sign_in_uri": list(urls), "redirect_sign_out_uri": list(urls)}
    return json.dumps({"auth": {"oauth": oauth}}, indent=2)


DOMAIN = "environments:\n  prod: {branch: main, domain: notes.example.com}\n"


def test_outputs(look, spec):
    amplify = spec("true", more=DOMAIN)
    good = outputs("http://localhost:3000/", "https://notes.example.com/")
    assert not look(RULE, {"amplify.yml": amplify, "amplify_outputs.json": good})
    bad = outputs("http://localhost:3000/", "https://other.example.com/")
    found = look(RULE, {"amplify.yml": amplify, "amplify_outputs.json": bad})
    assert [finding.where.line for finding in found] == [4, 8]
    for text in ("", "[]", '{"auth": 1}', '{"auth": {"oauth": {"redirect_sign_in_uri": 1}}}'):
        assert not look(RULE, {"amplify.yml": amplify, "amplify_outputs.json": text})


def test_another_environment(look, spec):
    more = """\
    environments:
      prod: {branch: main, domain: notes.example.com, variables: {SIGN_IN_URL: "https://staging.example.com/in"}}
      staging: {branch: staging, domain: staging.example.com, variables: {SIGN_IN_URL: "https://staging.example.com/in"}}
    """
    (found,) = look(RULE, {"amplify.yml": spec("true", more=more)})
    assert "`SIGN_IN_URL` of prod leads to staging.example.com" in found.message
