"""The conformance suite against the JavaScript that ships, run by Node."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from engine.publish.entries import compile_entries
from engine.routes.model import question
from engine.routes.rules import Rules
from tests.routes.cases import NAMES, RuleSet, rule_sets

HOST, API = "site.example.com", "https://api.example.com"
SETS = rule_sets(HOST, API)


def test_there_are_enough_cases_and_each_has_its_source():
    cases = [case for one in SETS for case in one.cases]
    assert len(cases) >= 120
    assert all(case.source.strip() for case in cases)
    assert all(bool(case.to) + bool(case.file) + bool(case.proxy) + case.missing == 1 for case in cases)
    assert len({one.name for one in SETS}) == len(SETS)


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node")
@pytest.mark.parametrize("rules", SETS, ids=lambda rules: rules.name)
def test_the_function_does_what_amplify_does(rules: RuleSet):
    entries = compile_entries(rules.bundle(Path()), "0123456789ab", NAMES)
    asked = [
        question(case.get, host=case.host or HOST, country=case.country, method=case.method)
        for case in rules.cases
    ]
    compiled = Rules(entries.keys, entries.live, rules.redirects, NAMES)
    outcomes = compiled.outcomes(asked, os.environ)
    for case, outcome in zip(rules.cases, outcomes, strict=True):
        query = case.get.partition("?")[2]
        proxied = case.proxy and f"{API}{case.proxy.partition('?')[0]}"
        assert outcome.status == case.wanted_status, (case, outcome)
        assert outcome.target == (case.to or case.file or proxied or "Not Found"), (case, outcome)
        assert (outcome.kind == "proxy") == bool(case.proxy)
        assert not case.proxy or case.proxy.partition("?")[2] == query
        assert {name: outcome.headers.get(name) for name in case.headers} == case.headers, case
