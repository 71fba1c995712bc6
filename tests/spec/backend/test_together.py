"""What AWS would refuse of resources that are each right alone: told before, with its line."""

import pytest

from engine.spec.backend.together import resources_that_do_not_fit
from engine.spec.reader import parse

FUNCTION = "source: f, handler: app.handler, runtime: python3.12"


def told(text):
    root = parse(text.encode(), "amplify.yml").root
    return [(problem.rule, problem.key, problem.where.line) for problem in resources_that_do_not_fit(root)]


def backend(*lines):
    return told("backend:\n" + "\n".join(f"  {line}" for line in lines))


def routes(routes, *more):
    return backend(f"functions: {{f: {{{FUNCTION}}}}}", f"api: {{rest: {{routes: {{{routes}}}}}}}", *more)


def triggers(first, second="", more="storage: {uploads: {}}"):
    return backend(
        "functions:",
        f"  a: {{{FUNCTION}, triggers: [{first}]}}",
        f"  b: {{{FUNCTION}, triggers: [{second}]}}",
        more,
    )


@pytest.mark.parametrize("sections", ["{}", "nothing", "{functions: {f: {source: 3}}}"])
def test_what_is_no_backend_is_told_by_other_rules(sections):
    assert told(f"backend: {sections}") == []


def test_a_token_is_asked_for_only_where_there_are_users():
    protected = "GET /a: {function: f, authorizer: auth}, GET /b: f"
    assert routes(protected) == [("no-such-resource", 'backend.api.rest.routes."GET /a"', 3)]
    assert routes(protected, "auth: {}") == []
    assert backend("api: {graphql: {schema: s}}") == [
        ("no-such-resource", "backend.api.graphql.authorizers", 2)
    ]
    assert backend("api: {graphql: {schema: s, authorizers: [api_key]}}") == []


def test_the_route_for_all_the_rest_does_not_refuse_preflights():
    assert [rule for rule, _, _ in routes("$default: {function: f, authorizer: iam}")] == ["preflight"]
    assert routes("$default: f") == []


def test_scopes_are_of_tokens():
    assert [rule for rule, _, _ in routes("GET /a: {function: f, scopes: [openid]}")] == ["scopes"]


@pytest.mark.parametrize(
    ("timeout", "queue", "found"),
    [
        (31, "{}", [("visibility", "backend.queues.jobs.visibility_timeout", 4)]),
        (30, "{}", []),
        (60, "{visibility_timeout: 59}", [("visibility", "backend.queues.jobs.visibility_timeout", 4)]),
        (60, "{visibility_timeout: 360}", []),
    ],
)
def test_a_message_stays_hidden_while_the_function_may_work_on_it(timeout, queue, found):
    function = f"{{{FUNCTION}, timeout: {timeout}, triggers: [{{queue: jobs}}]}}"
    assert backend("functions:", f"  f: {function}", f"queues: {{jobs: {queue}}}") == found


def test_a_fifo_queue_gives_ten_messages_at_once():
    assert triggers("{queue: q, batch: 10}", "{queue: q, batch: 11}", "queues: {q: {fifo: true}}") == [
        ("batch", "backend.functions.b.triggers[0].batch", 4)
    ]
    assert triggers("{queue: q, batch: 11}", more="queues: {q: {}}") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("", ""), ("prefix: in/", ""), ("suffix: .jpg", "prefix: a"), ("'on': [created, removed]", "")],
)
def test_an_object_is_told_to_one_function(first, second):
    asked = triggers(f"{{bucket: uploads, {first}}}", f"{{bucket: uploads, {second}}}")
    assert asked == [("overlap", "backend.functions.b.triggers[0]", 4)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("prefix: in/", "prefix: out/"), ("suffix: .jpg", "suffix: .png"), ("'on': [removed]", "")],
)
def test_objects_may_be_parted(first, second):
    assert triggers(f"{{bucket: uploads, {first}}}", f"{{bucket: uploads, {second}}}") == []


@pytest.mark.parametrize(
    ("rules", "auth", "found"),
    [
        ("owner: [read], guest: []", "auth: {}", 0),
        ("authenticated: [read]", "", 1),
        ("guest: [read]", "auth: {}", 1),
        ("guest: [read]", "auth: {guests: true}", 0),
        ("groups.admin: [read], groups.admins: [read]", "auth: {groups: [admin]}", 1),
    ],
)
def test_access_is_for_somebody_that_there_is(rules, auth, found):
    problems = backend(f"storage: {{uploads: {{access: {{{rules}}}}}}}", auth)
    assert problems == [("no-such-resource", "backend.storage.uploads.access", 2)] * found


def test_users_come_back_over_tls_or_to_this_machine():
    origins = "origins: [http://localhost:5173, http://app.localhost:1, http://127.0.0.1:1, https://a.b]"
    assert [key for _, key, _ in backend(origins, "auth: {hosted: true}")] == [
        "backend.origins[1]",
        "backend.origins[2]",
    ]
    assert backend(origins, "auth: {}") == []


def test_the_queue_of_what_failed_is_no_other():
    assert [rule for rule, _, _ in backend("queues: {a: {attempts: 3}, a-failed: {}}")] == ["same-queue"]
    assert backend("queues: {a: {}, a-failed: {}}") == []


def test_each_application_has_a_backend_of_its_own():
    text = "applications:\n  - appRoot: a\n    backend: {api: {graphql: {schema: s}}}\n"
    assert [key for _, key, _ in told(text)] == ["applications[0].backend.api.graphql.authorizers"]
