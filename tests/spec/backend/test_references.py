"""Names of resources: where they are used, they must be there."""

import pytest

from engine.spec.backend.references import references_to_nothing
from engine.spec.reader import parse

FUNCTION = "source: f, handler: app.handler, runtime: python3.12"


def told(text):
    root = parse(text.encode(), "amplify.yml").root
    return [(problem.key, problem.where.line, problem.hint) for problem in references_to_nothing(root)]


def spec(function="", more=""):
    return f"backend:\n  queues: {{jobs: {{}}}}\n  functions:\n    work: {{{FUNCTION}{function}}}\n{more}"


@pytest.mark.parametrize(
    "function",
    [
        ", uses: [queues.jobs]",
        ", uses: [{queues.jobs: send}]",
        ", triggers: [{queue: jobs}]",
        ", uses: [functions.work]",
    ],
)
def test_what_is_there_may_be_used(function):
    assert told(spec(function)) == []


@pytest.mark.parametrize(
    ("function", "key", "hint"),
    [
        (", uses: [queues.job]", "backend.functions.work.uses[0]", "Did you mean `jobs`?"),
        (", uses: [{queues.zzz: send}]", "backend.functions.work.uses[0]", "Known here: jobs."),
        (", triggers: [{queue: mails}]", "backend.functions.work.triggers[0].queue", "Known here: jobs."),
        (", uses: [database.notes]", "backend.functions.work.uses[0]", "Write `database:` below"),
        (", uses: [auth]", "backend.functions.work.uses[0]", "Write `auth:` below"),
    ],
)
def test_what_is_not_there_is_told_with_its_line(function, key, hint):
    ((found, line, advice),) = told(spec(function))
    assert (found, line) == (key, 4)
    assert advice.startswith(hint)


def test_each_application_has_a_backend_of_its_own():
    text = "applications:\n  - appRoot: a\n    " + spec(", uses: [queues.jobs]").replace("\n", "\n    ")
    other = f"\n  - appRoot: b\n    backend: {{functions: {{w: {{{FUNCTION}, uses: [queues.jobs]}}}}}}"
    assert [key for key, _, _ in told(text + other)] == ["applications[1].backend.functions.w.uses[0]"]
