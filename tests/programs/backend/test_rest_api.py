"""The HTTP API: routes, who may call them, from where, and how much."""

import json

import pytest
from pydantic import ValidationError

from engine.plan.backend import Package
from engine.plan.why import why
from engine.spec.backend.rest_api import RestApi
from programs.rest_api import _called
from tests.programs.mocked import SITE, declared, plan_of

WORK = {"source": "f", "handler": "app.handler", "runtime": "python3.12"}


@pytest.fixture(scope="module")
def made():
    routes = {"GET /notes/{id}": "work", "POST /notes": "work", "$default": {"function": "other"}}
    packages = {name: Package("0" * 64, "/nowhere.zip") for name in ("work", "other")}
    section = {"functions": {"work": WORK, "other": WORK}, "api": {"rest": {"routes": routes}}}
    return declared(plan_of(section, packages))


def inputs(made, name):
    return made[name].inputs


def test_browsers_call_it_from_the_environments_own_urls_and_no_others(made):
    cors = inputs(made, "api-rest")["corsConfiguration"]
    assert cors["allowOrigins"] == ["https://edge-distribution.example", SITE]
    assert "authorization" in cors["allowHeaders"]


def test_one_integration_a_function_however_many_routes(made):
    assert {name for name, args in made.items() if "integration" in args.typ} == {
        "api-rest-work",
        "api-rest-other",
    }
    assert inputs(made, "api-rest-GET /notes/{id}")["target"] == "integrations/api-rest-work-id"
    assert inputs(made, "api-rest-$default")["target"] == "integrations/api-rest-other-id"
    assert inputs(made, "api-rest-work")["payloadFormatVersion"] == "2.0"


def test_only_this_api_may_call_the_function(made):
    permission = inputs(made, "api-rest-work-call")
    assert permission["principal"] == "apigateway.amazonaws.com"
    assert permission["sourceArn"].endswith("/*/*")


def test_it_is_throttled_and_logged(made):
    stage = inputs(made, "api-rest-stage")
    settings = stage["defaultRouteSettings"]
    assert (settings["throttlingRateLimit"], settings["throttlingBurstLimit"]) == (100, 200)
    assert stage["accessLogSettings"]["destinationArn"] == "arn:api-rest-logs"
    assert json.loads(stage["accessLogSettings"]["format"])["status"] == "$context.status"


def test_everything_has_a_reason(made):
    assert [name for name in made if not why(name)] == []


@pytest.mark.parametrize(
    "good", ["GET /", "ANY /{path+}", "POST /a/{b}/c", "$default", "GET /files/{name+}", "PUT /a-b/c.d_e"]
)
def test_routes_of_api_gateway_are_taken(good):
    assert RestApi.model_validate({"routes": {good: "work"}}).routes[good].function == "work"


@pytest.mark.parametrize(
    "bad", ["/notes", "get /notes", "GET notes", "GET /{a+}/b", "GET /a b", "FETCH /a", ""]
)
def test_what_is_no_route_is_refused(bad):
    with pytest.raises(ValidationError):
        RestApi.model_validate({"routes": {bad: "work"}})


@pytest.mark.parametrize(
    ("key", "called"),
    [("GET /notes/{id}", "/*/GET/notes/*"), ("ANY /{path+}", "/*/*/*"), ("$default", "/*/*")],
)
def test_a_route_as_iam_names_it(key, called):
    assert _called(key) == called


def rest(routes, auth=None, **buckets):
    section = {"functions": {"work": WORK}, "api": {"rest": {"routes": routes}}, "storage": buckets}
    packages = {"work": Package("0" * 64, "/nowhere.zip")}
    return declared(plan_of({**section, "auth": auth or {}}, packages))


def routes_of(made):
    return {name.removeprefix("api-rest-") for name, args in made.items() if args.typ.endswith(":Route")}


def test_any_method_with_a_token_leaves_preflights_to_api_gateway():
    routes = {"ANY /notes": {"function": "work", "authorizer": "auth"}, "GET /notes": "work"}
    made = rest(routes)
    others = {f"{method} /notes" for method in ("HEAD", "POST", "PUT", "PATCH", "DELETE")}
    assert routes_of(made) == {"GET /notes", *others}
    assert {inputs(made, f"api-rest-{key}")["authorizationType"] for key in others} == {"JWT"}
    assert inputs(made, "api-rest-GET /notes")["authorizationType"] == "NONE"


def test_any_method_for_everybody_stays_one_route():
    assert routes_of(rest({"ANY /notes": "work"})) == {"ANY /notes"}


def test_members_of_a_group_with_a_role_of_its_own_call_what_others_call():
    signed = {"GET /a": {"function": "work", "authorizer": "iam"}}
    uploads = {"access": {"public/*": {"groups.admin": ["read"]}}}
    made = rest(signed, {"groups": ["admin"], "guests": True}, uploads=uploads)
    policies = {name for name in made if name.startswith("api-rest-") and name.endswith("-policy")}
    assert policies == {"api-rest-authenticated-policy", "api-rest-groups-admin-policy"}
    assert all(why(name) for name in policies)
