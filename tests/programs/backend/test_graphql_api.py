"""The GraphQL API: who may call it, what answers, and with which permissions."""

import json

import pytest
from pydantic import ValidationError

from engine.plan.backend import Package
from engine.plan.why import why
from engine.spec.backend.backend import Backend
from tests.programs.mocked import declared, plan_of

WORK = {"source": "f", "handler": "app.handler", "runtime": "python3.12"}
RESOLVERS = {
    "Query.notes": {"table": "notes", "code": "a.js"},
    "Query.report": {"function": "report"},
    "Query.version": {"code": "v.js"},
}
FILES = {"s.graphql": "type Query { version: String }", "a.js": "A", "v.js": "V"}


def run(authorizers=("auth",)):
    section = {
        "auth": {},
        "database": {"notes": {"partition_key": "id"}},
        "functions": {"report": WORK},
        "api": {"graphql": {"schema": "s.graphql", "resolvers": RESOLVERS, "authorizers": authorizers}},
    }
    packages = {"report": Package("0" * 64, "/nowhere.zip")}
    return declared(plan_of(section, packages, files=FILES))


@pytest.fixture(scope="module")
def made():
    return run()


def test_the_schema_and_the_code_are_the_files(made):
    assert made["api-graphql"].inputs["schema"] == FILES["s.graphql"]
    assert made["api-graphql-Query.notes"].inputs["code"] == "A"
    assert made["api-graphql-Query.notes"].inputs["runtime"]["name"] == "APPSYNC_JS"


def test_a_function_answers_as_it_is(made):
    resolver = made["api-graphql-Query.report"].inputs
    assert "code" not in resolver
    assert resolver["dataSource"] == made["api-graphql-functions-report"].inputs["name"] == "functions_report"


def test_code_alone_needs_nothing_behind_it(made):
    assert made["api-graphql-none"].inputs["type"] == "NONE"
    assert "api-graphql-none-role" not in made


def test_each_data_source_may_use_what_is_behind_it_and_nothing_else(made):
    table = json.loads(made["api-graphql-database-notes-policy"].inputs["policy"])["Statement"]
    assert {resource for one in table for resource in one["Resource"]} == {
        "arn:database-notes",
        "arn:database-notes/index/*",
    }
    function = json.loads(made["api-graphql-functions-report-policy"].inputs["policy"])["Statement"]
    assert [(one["Action"], one["Resource"]) for one in function] == [
        (["lambda:InvokeFunction"], ["arn:functions-report"])
    ]


def test_users_of_this_pool_and_this_client_alone(made):
    api = made["api-graphql"].inputs
    assert api["authenticationType"] == "AMAZON_COGNITO_USER_POOLS"
    assert api["userPoolConfig"]["userPoolId"] == "auth-users-id"
    assert api["userPoolConfig"]["appIdClientRegex"] == "auth-client-id"
    assert "api-graphql-key" not in made


def test_more_ways_in():
    made = run(["api_key", "auth", "iam"])
    api = made["api-graphql"].inputs
    assert api["authenticationType"] == "API_KEY"
    others = [one["authenticationType"] for one in api["additionalAuthenticationProviders"]]
    assert others == ["AMAZON_COGNITO_USER_POOLS", "AWS_IAM"]
    assert made["api-graphql-key"].inputs["expires"] == "2027-11-01T00:00:00Z"
    policy = json.loads(made["api-graphql-authenticated-policy"].inputs["policy"])
    assert policy["Statement"][0]["Action"] == ["appsync:GraphQL"]


def test_everything_has_a_reason(made):
    assert [name for name in made if not why(name)] == []


@pytest.mark.parametrize(
    "resolver", [{}, {"table": "notes"}, {"table": "a", "function": "b", "code": "c"}, {"code": "../c.js"}]
)
def test_a_resolver_that_answers_nothing_is_refused(resolver):
    section = {"api": {"graphql": {"schema": "s", "resolvers": {"Query.a": resolver}}}}
    with pytest.raises(ValidationError):
        Backend.model_validate(section)


def test_another_schema_is_another_plan():
    section = {"auth": {}, "api": {"graphql": {"schema": "s.graphql"}}}
    plans = [plan_of(section, files={"s.graphql": text}) for text in ("a", "b")]
    assert plans[0].digest != plans[1].digest


def test_its_log_is_kept_as_long_as_the_policy_says(made):
    group = made["api-graphql-logs"].inputs
    assert (group["name"], group["retentionInDays"]) == ("/aws/appsync/apis/api-graphql-id", 14)
    section = {"api": {"graphql": {"schema": "s.graphql", "log": "none", "authorizers": ["api_key"]}}}
    assert "api-graphql-logs" not in declared(plan_of(section, files=FILES))
