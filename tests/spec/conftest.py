import textwrap

import pytest

from engine.spec.examine import examine_spec


def examined(text):
    """The spec in an indented text."""
    return examine_spec(textwrap.dedent(text).lstrip("\n").encode(), "amplify.yml")


@pytest.fixture
def examine():
    return examined


@pytest.fixture
def told(examine):
    """A function: text -> its problems as (rule, severity, line, key), but for "nothing-published"."""

    def _told(text):
        problems = [problem for problem in examine(text).problems if problem.rule != "nothing-published"]
        return [(problem.rule, problem.severity, problem.where.line, problem.key) for problem in problems]

    return _told
