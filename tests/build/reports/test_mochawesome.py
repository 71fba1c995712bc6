from __future__ import annotations

import json

import pytest

from engine.build.reports import mochawesome
from engine.build.reports.model import Failure, UnreadableReportError


def test_suites_within_suites(tmp_path):
    inner = {
        "title": "login",
        "tests": [
            {"title": "works", "fullTitle": "login works", "pass": True, "duration": 1500},
            {
                "title": "fails",
                "fullTitle": "login fails",
                "fail": True,
                "err": {"message": "AssertionError: no button\n  at x"},
            },
            {"title": "waits", "pending": True},
        ],
    }
    results = [
        {"tests": [], "suites": [{"tests": [{"title": "up", "state": "passed"}], "suites": [inner]}]},
        False,
    ]
    file = tmp_path / "mochawesome.json"
    file.write_text(json.dumps({"stats": {}, "results": results}))
    report = mochawesome.read(file, "mochawesome.json")
    assert (report.passed, report.failed, report.skipped, report.seconds) == (2, 1, 1, 1.5)
    assert report.failures == (Failure("login fails", "AssertionError: no button"),)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"results": {}}', "[" * 100_000])
def test_what_is_no_report_is_refused(tmp_path, text):
    file = tmp_path / "x.json"
    file.write_text(text)
    with pytest.raises(UnreadableReportError):
        mochawesome.read(file, "x.json")
