"""Events in words."""

import pytest

from engine.cli.reporters.words import short_type, words
from engine.events import (
    ApplicationChosen,
    ApplicationCompared,
    CommandStarted,
    Progress,
    ResourceChanged,
    StepFinished,
    TestReport,
    Warned,
)


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (StepFinished(step="build", seconds=1.25, summary="6 files"), "build: done in 1.2 s - 6 files"),
        (Warned(message="odd", hint="mend it", where="a.yml:3"), "warning: a.yml:3: odd - mend it"),
        (CommandStarted(section="frontend", phase="build", command="a\nb"), "$ a ..."),
        (Progress(step="publish", done=1, total=2), None),
        (ApplicationChosen("web", "apps/web", "--app-root"), "application apps/web (web), by --app-root"),
        (ApplicationCompared("web", "", False, "why not"), "/ is skipped: why not"),
        (
            TestReport("test", "junit.xml", "junit", 2, 1, 1, 0.5, (("a > b", "1 is not 2"),)),
            "  2 passed, 1 failed, 1 skipped (junit.xml)\n  FAILED a > b: 1 is not 2",
        ),
    ],
)
def test_words(event, text):
    assert words(event) == text


def test_a_resource_is_told_once_it_is_done():
    event = ResourceChanged(operation="create", type="aws:s3/bucket:Bucket", name="site", status="done")
    assert words(event) == "  created site (s3.Bucket)"
    running = ResourceChanged(operation="create", type="aws:s3/bucket:Bucket", name="site", status="running")
    assert words(running) is None


def test_types_are_short():
    assert short_type("aws:cloudfront/function:Function") == "cloudfront.Function"
    assert short_type("random:index:Id") == "random:index:Id"
