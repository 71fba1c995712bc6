import pytest


@pytest.mark.parametrize(
    ("text", "rule", "severity", "line"),
    [
        ("applications:\n- appRoot: a\nfrontend: {}", "two-forms", "error", 3),
        ("applications: []", "no-applications", "error", 1),
        ("applications:", "no-applications", "error", 1),
        ("applications:\n- frontend: {}", "no-app-root", "warning", 2),
        ("applications:\n- appRoot: a\n- appRoot: /a/", "same-app-root", "error", 3),
        ("applications:\n- appRoot: a\n- appRoot: b\napp: c", "shared-app", "error", 4),
        ("applications:\n- appRoot: a\n  app: c\n- appRoot: b\n  app: c", "same-app", "error", 5),
        ("environments:\n  a: {branch: main}\n  b:\n    branch: main", "same-branch", "error", 4),
        ("env:\n  secrets: [A, B]\n  variables:\n    B: 1", "secret-and-variable", "error", 4),
        ("env: {secrets: [A]}\nenvironments: {p: {variables: {A: 1}}}", "secret-and-variable", "error", 2),
        (
            "env: {secrets: [A]}\napplications:\n- appRoot: x\n  env: {variables: {A: 1}}",
            "secret-and-variable",
            "error",
            4,
        ),
        (
            "environments:\n  a: {branch: m, domain: a.example.com}\n  b: {branch: n, domain: A.example.com}",
            "same-domain",
            "error",
            3,
        ),
        ("environments:\n  a: {branch: 'x/*', domain: a.example.com}", "domain-of-many", "error", 2),
        ("environments:\n  a: {pull_requests: yes, domain: a.example.com}", "domain-of-many", "error", 2),
        ("environments:\n  a: {branch: m, domain: '*.example.com', www: yes}", "www-of-many", "error", 2),
        (
            "redirects:\n- {source: 'https://example.com', target: 'https://www.example.com', status: 302}\n"
            "environments:\n  a: {branch: m, domain: example.com}",
            "domain-loop",
            "error",
            2,
        ),
        (
            "environments:\n  a: {pull_requests: true}\n  b: {pull_requests: yes}",
            "pull-requests-twice",
            "warning",
            3,
        ),
    ],
)
def test_what_must_hold_between_keys(text, rule, severity, line, told):
    assert [(found[0], found[1], found[2]) for found in told(text)] == [(rule, severity, line)]


@pytest.mark.parametrize(
    "text",
    [
        "environments:\n  a: {branch: 'x/*'}\n  b: {branch: 'x/*'}\n  c: {branch: x/1}",
        "environments:\n  a:\n  b:\n",
        "applications:\n- {appRoot: a, environments: &e {p: {branch: m}}}\n- {appRoot: b, environments: *e}",
        "applications:\n- appRoot: a\napp: c",
        "environments:\n  a: {branch: 'x/*', domain: '*.a.example'}\n  b: {branch: m, domain: '*.a.example'}",
        "redirects:\n- {source: 'https://a.example', target: 'https://www.a.example', status: 301}\n"
        "environments:\n  a: {branch: m, domain: a.example, www: no}",
        "redirects:\n- {source: 'https://example.com', target: 'https://www.example.com', status: 302}\n"
        "environments:\n  a: {branch: m, domain: www.example.com}",
    ],
)
def test_what_may_be(text, told):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("version: 1\nbackend: {}", 1),
        ("version: 1\nfrontend:\n  phases: {}", 2),
        ("applications:\n- appRoot: a\n  frontend: {artifacts: {files: a}}", 3),
    ],
)
def test_a_spec_that_publishes_nothing_is_a_warning(text, line, examine):
    (problem,) = examine(text).problems
    assert (problem.rule, problem.severity, problem.where.line) == ("nothing-published", "warning", line)
