"""For all tests: with WINDLASS_TEST_EVERYTHING set, a test that would be skipped for want of a tool fails."""

import os

import pytest
from hypothesis import settings

# A busy machine is no finding; and a run in CI finds what the run before it found.
settings.register_profile("windlass", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("windlass")

ALLOWED = "WINDLASS_CORPUS is not set"  # other people's files, which this repository does not have


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if os.environ.get("WINDLASS_TEST_EVERYTHING") and report.skipped and ALLOWED not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped, and WINDLASS_TEST_EVERYTHING is set: {report.longrepr}"
    return report
