"""Other hosts in the distribution."""

import json

import pytest

from engine.plan.model import Plan
from engine.publish.proxies import Proxy
from tests.programs.mocked import declared, plan_of

API = Proxy("/api/*", "https", "api.example", 443)
PROXIES = (API, Proxy("/v2/*", "https", "api.example", 443), Proxy("/api/*", "http", "o.example", 8080))


@pytest.fixture(scope="module")
def plan():
    return plan_of({}, proxies=PROXIES)


@pytest.fixture(scope="module")
def made(plan):
    return declared(plan)


def test_a_host_is_one_origin_and_a_path_one_behavior(made):
    inputs = made["edge-distribution"].inputs
    origins = [origin["originId"] for origin in inputs["origins"]]
    assert origins == ["site", "https-api.example", "http-o.example-8080"]
    config = inputs["origins"][2]["customOriginConfig"]
    assert (config["httpPort"], config["originProtocolPolicy"]) == (8080, "http-only")
    behaviors = inputs["orderedCacheBehaviors"]
    assert [(b["pathPattern"], b["targetOriginId"]) for b in behaviors] == [
        ("/api/*", "https-api.example"),
        ("/v2/*", "https-api.example"),
    ]


def test_nothing_is_cached_and_all_but_the_host_goes_along(made):
    for behavior in made["edge-distribution"].inputs["orderedCacheBehaviors"]:
        assert behavior["cachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
        assert behavior["originRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
        assert "responseHeadersPolicyId" not in behavior
        assert {"POST", "PUT", "PATCH", "DELETE"} <= set(behavior["allowedMethods"])
        assert len(behavior["functionAssociations"]) == 2


def test_the_403_of_an_api_stays_a_403(made):
    assert not made["edge-distribution"].inputs.get("customErrorResponses")
    statements = json.loads(made["site-policy"].inputs["policy"])["Statement"]
    assert [statement["Action"] for statement in statements] == ["s3:GetObject", "s3:ListBucket"]


def test_without_other_hosts_a_missing_object_has_a_page():
    inputs = declared(plan_of({}))["edge-distribution"].inputs
    assert [response["errorCode"] for response in inputs["customErrorResponses"]] == [403]
    assert not inputs.get("orderedCacheBehaviors")


def test_the_country_reaches_the_function(made):
    headers = made["edge-request"].inputs["headersConfig"]
    assert headers == {"headerBehavior": "whitelist", "headers": {"items": ["CloudFront-Viewer-Country"]}}


def test_the_plan_survives_the_way_to_its_process(plan):
    assert Plan.from_json(plan.to_json()) == plan
    assert plan.digest != plan_of({}).digest
