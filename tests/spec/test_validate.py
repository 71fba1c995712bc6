import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from engine.spec.reader import parse
from engine.spec.validate import problems

FRONT = "frontend:\n  artifacts:\n    baseDirectory: "
RULE = "customHeaders:\n- pattern: a\n  headers:\n  - "
REDIRECT = "redirects:\n- {source: /a, target: /b}\n- "


@pytest.mark.parametrize(
    ("text", "rule", "line", "words"),
    [
        ("frontend: text", "kind", 1, "must be a mapping (lines of `key: value`), not text"),
        ("frontend:\n- phases: {}", "kind", 1, "not a list"),
        ("applications: {appRoot: a}", "kind", 1, "`applications` must be a list"),
        ("version: [1]", "kind", 1, "must be text, not a list"),
        ("env:\n  variables:\n    A: {b: c}", "kind", 3, "must be text, not a mapping"),
        ("env:\n  variables:\n    9A: b", "variable", 3, "is no name a shell accepts"),
        ("env:\n  variables:\n    A: b\n    AWS_REGION: b", "variable", 4, "AWS keeps for itself"),
        (FRONT + "../dist", "path-leaves", 3, "leaves its folder: ../dist"),
        (FRONT + "a/../../b", "path-leaves", 3, "leaves its folder"),
        ("applications:\n- appRoot: ../a", "path-leaves", 2, "leaves its folder"),
        (RULE + "key: A", "missing", 4, "`customHeaders[0].headers[0].value` is missing"),
        (RULE + "{key: 'A B', value: c}", "header", 4, "must be a header name"),
        ("customHeaders:\n- headers: []", "missing", 2, "pattern` is missing"),
        ("customHeaders:\n- pattern: a\n  headers: {A: b}", "kind", 3, "must be a list"),
        (REDIRECT + "{source: old, target: /b}", "source", 3, "must begin with"),
        (REDIRECT + "{source: http://a.b/c, target: /b}", "source", 3, "must begin with"),
        (REDIRECT + "{source: </^a$, target: /b}", "source", 3, "does not end as one"),
        (REDIRECT + "{source: /a, target: b}", "target", 3, "must begin with"),
        (REDIRECT + "{source: /a, target: /b, status: 307}", "value", 3, "not `307`"),
        (REDIRECT + "{source: /a, target: /b, condition: US}", "condition", 3, "must be a country"),
        (REDIRECT + "{source: /a, target: ''}", "value", 3, "must not be empty"),
        (REDIRECT + "{target: /a}", "missing", 3, "`redirects[1].source` is missing"),
        ("environments:\n  Prod: {branch: a}", "name", 2, "must be a DNS label"),
        ("environments:\n  pr-1: {branch: a}", "name", 2, "kept for pull requests"),
        ("environments:\n  prod: main", "kind", 2, "must be a mapping"),
        ("environments:\n  prod: {domain: https://a.b}", "domain", 2, "must be a host name"),
        ("environments:\n  prod: {pull_requests: maybe}", "value", 2, "must be true or false, not `maybe`"),
        ("app: My App", "name", 1, "must be a DNS label"),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(text, rule, line, words, examine):
    (problem,) = [problem for problem in examine(text).problems if problem.rule != "nothing-published"]
    assert (problem.rule, problem.severity, problem.where.line) == (rule, "error", line)
    assert words in problem.message


class Policy(BaseModel):
    model_config = ConfigDict(extra="forbid")

    region: str
    days: int = 1
    kind: int | bool = 1


def test_other_models_get_the_same_messages():
    document = parse(b"regin: x\ndays: many\nkind: x\n", "stacks/prod.yaml")
    with pytest.raises(ValidationError) as caught:
        Policy.model_validate(document.value)
    found = problems(caught.value, document, Policy)
    said = {problem.key: (problem.rule, problem.where.line, problem.hint) for problem in found}
    assert said["regin"] == ("unknown-key", 1, "Did you mean `region`?")
    assert said["days"][:2] == ("value", 2)
    assert said["kind"][1] == 3
    assert said["region"][0] == "missing"
