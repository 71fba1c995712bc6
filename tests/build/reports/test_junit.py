from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.build.reports import junit
from engine.build.reports.model import Failure, UnreadableReportError, summary

VITEST = """<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="4" failures="1" errors="0" time="0.5">
  <testsuite name="src/sum.test.js" tests="4" failures="1">
    <testcase classname="src/sum.test.js" name="adds" time="0.25"/>
    <testcase classname="src/sum.test.js" name="subtracts" time="1,000.5">
      <failure message="expected 3 to be 4&#10;more" type="AssertionError">stack</failure>
    </testcase>
    <testcase classname="src/sum.test.js" name="later"><skipped/></testcase>
    <testcase name="breaks"><error>
      TypeError: x is not a function
      at y</error></testcase>
  </testsuite>
</testsuites>
"""


def read(tmp_path, text: str | bytes):
    file = tmp_path / "junit.xml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return junit.read(file, "junit.xml")


def test_tests_are_counted_and_failures_named(tmp_path):
    report = read(tmp_path, VITEST)
    assert (report.passed, report.failed, report.skipped, report.seconds) == (1, 2, 1, 1000.75)
    assert report.failures == (
        Failure("src/sum.test.js > subtracts", "expected 3 to be 4"),
        Failure("breaks", "TypeError: x is not a function"),
    )
    assert summary((report, report)) == "2 passed, 4 failed, 2 skipped"


def test_a_single_suite_and_names_with_a_namespace(tmp_path):
    report = read(tmp_path, '<testsuite xmlns="urn:x"><testcase name="a.b" classname="a"/></testsuite>')
    assert (report.passed, report.failed) == (1, 0)


def test_nested_suites_count_once(tmp_path):
    inner = '<testsuite><testcase name="x"/></testsuite>'
    assert read(tmp_path, f"<testsuites><testsuite>{inner}{inner}</testsuite></testsuites>").passed == 2


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><testsuite name="&b;"/>'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no xml",
        "<html><body/></html>",
        "<testsuite><testcase name='cut'",
        BOMB,
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><testsuite>&a;</testsuite>',
        b"<?xml version='1.0' encoding='nonsense'?><testsuite/>",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_report_or_hostile_is_refused(tmp_path, text):
    with pytest.raises(UnreadableReportError):
        read(tmp_path, text)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"<testsuite>{text}</testsuite>"))
def test_any_file_gives_a_report_or_is_refused(tmp_path_factory, content):
    try:
        report = read(tmp_path_factory.mktemp("report"), content)
    except UnreadableReportError:
        return
    assert report.passed >= 0
