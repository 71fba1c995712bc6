from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UsageError
from engine.routes.write import lines_of, with_redirects
from engine.spec.examine import examine_spec
from engine.spec.model import Redirect

RULES = (
    Redirect(source="/a", target="/b", status="301"),
    Redirect(source='</^[^.]+$|\\."(x)/>', target="/index.html", status="200", condition="<US>"),
)
LINES = [
    "- {source: /a, target: /b, status: 301}",
    '- {source: "</^[^.]+$|\\\\.\\"(x)/>", target: /index.html, status: 200, condition: "<US>"}',
]


def written(text, number=None):
    return with_redirects(textwrap.dedent(text).lstrip(), "amplify.yml", number, lines_of(RULES))


def test_a_rule_is_one_line():
    assert lines_of(RULES) == LINES


def test_rules_come_after_those_that_are_there_and_comments_stay():
    changed = written("""
        version: 1   # one
        redirects:
        # the old site
        - source: /x
          target: /y   # moved
          status: 301

        # what is built
        frontend:
          artifacts: {baseDirectory: dist}
    """)
    assert changed.splitlines()[1:9] == [
        "redirects:",
        "# the old site",
        "- source: /x",
        "  target: /y   # moved",
        "  status: 301",
        *LINES,
        "",
    ]
    assert "# what is built" in changed


def test_without_redirects_they_come_at_the_end():
    changed = written("frontend:\n  artifacts: {baseDirectory: dist}\n# the end\n")
    assert changed.splitlines() == [
        "frontend:",
        "  artifacts: {baseDirectory: dist}",
        "redirects:",
        *(f"  {line}" for line in LINES),
        "# the end",
    ]


def test_an_application_of_a_monorepo_gets_its_own():
    changed = written(
        """
        applications:
          - appRoot: a
            frontend: {artifacts: {baseDirectory: dist}}
          - frontend: {artifacts: {baseDirectory: dist}}
            appRoot: b
    """,
        number=0,
    )
    assert changed.splitlines()[3:6] == ["    redirects:", *(f"      {line}" for line in LINES)]
    model = examine_spec(changed.encode(), "amplify.yml").model
    assert [len(application.redirects) for application in model.applications] == [2, 0]


def test_windows_line_ends_stay():
    changed = with_redirects("redirects:\r\n  - {source: /x, target: /y}\r\n", "f", None, LINES)
    assert changed.count("\r\n") == changed.count("\n") == 4


@pytest.mark.parametrize(
    "text",
    ["redirects: []\n", "redirects: [{source: /x, target: /y}]\n", "{redirects: }\n", "frontend: [\n", ""],
)
def test_where_they_do_not_fit_they_are_said(text):
    with pytest.raises(UsageError, match="do not fit") as raised:
        with_redirects(text, "amplify.yml", None, LINES)
    assert raised.value.details == tuple(LINES)


SOURCES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map("/{}".format)


@given(st.lists(st.builds(Redirect, source=SOURCES, target=SOURCES), min_size=1, max_size=4))
def test_what_is_written_is_read_the_same(rules):
    text = with_redirects(
        "version: 1\nredirects:\n  - {source: /x, target: /y}\n", "f", None, lines_of(rules)
    )
    model = examine_spec(text.encode(), "f").model
    assert list(model.redirects[1:]) == rules
