from __future__ import annotations

import json

import pytest

from engine.errors import UsageError
from engine.routes.amplify_rules import amplify_rules

# The shape of `aws amplify get-app`, from the API reference of Amplify (GetApp, CustomRule).
RULES = [
    {"source": "https://example.com", "target": "https://www.example.com", "status": "302"},
    {"source": "/us", "target": "/en-us", "status": "302", "condition": "<US>"},
    {"source": "/<*>", "target": "/index.html", "status": "404-200", "condition": None},
]
APP = {"app": {"appId": "d123", "name": "notes", "customRules": RULES}}


@pytest.mark.parametrize(
    "data",
    [
        APP,
        APP["app"],
        RULES,
        {
            "Properties": {
                "CustomRules": [{k.title(): v for k, v in r.items()} for r in APP["app"]["customRules"]]
            }
        },
    ],
)
def test_every_form_in_which_amplify_writes_them(data):
    rules = amplify_rules(json.dumps(data))
    assert [(r.source, r.status, r.condition) for r in rules.redirects] == [
        ("https://example.com", "302", None),
        ("/us", "302", "<US>"),
        ("/<*>", "404-200", None),
    ]
    assert rules.untranslated == ()


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({"source": "/a", "target": "/b", "status": "307"}, "its status"),
        ({"source": "a", "target": "/b"}, "its source must begin with"),
        ({"source": "/a"}, "its target"),
        ({"source": "/a", "target": "/b", "condition": "US"}, "its condition must be a country"),
        ({"source": "/a/<x>", "target": "/b/<y>"}, "the target uses <y>"),
        ({"source": "</^/a/>", "target": "https://x.example/", "status": "200"}, "regular expression"),
        ({"source": "/a", "target": "/b", "weight": 1}, "it has `weight`"),
        ("/a", "it is no rule"),
    ],
)
def test_what_cannot_be_translated_is_said_and_the_rest_goes_on(rule, reason):
    rules = amplify_rules(json.dumps([rule, {"source": "/x", "target": "/y", "status": "301"}]))
    assert [r.source for r in rules.redirects] == ["/x"]
    (left,) = rules.untranslated
    assert reason in left.reason
    assert json.loads(left.rule) == rule


def test_hosts_over_http_are_those_over_https():
    (rule,) = amplify_rules('[{"source": "http://a.example", "target": "https://b.example"}]').redirects
    assert rule.source == "https://a.example"


@pytest.mark.parametrize("text", ["", "{", "7", '{"app": {}}', '"x"'])
def test_what_is_no_export_is_refused(text):
    with pytest.raises(UsageError):
        amplify_rules(text)
