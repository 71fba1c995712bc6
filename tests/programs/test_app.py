"""The programs, run with Pulumi's mocks: which resources there are, and how they are set."""

import json

import pytest

from engine.plan.changes import STATEFUL_TYPES
from engine.plan.why import WHY
from tests.programs.mocked import declared, plan_of

TAGGED = {
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:cloudfront/distribution:Distribution",
}


def run(**policy):
    plan = plan_of({}, **policy)
    return plan, declared(plan)


@pytest.fixture(scope="module")
def deployed():
    return run(protect=True)


@pytest.fixture(scope="module")
def made(deployed):
    return deployed[1]


def test_every_resource_has_a_reason(made):
    assert set(made) == set(WHY)


def test_the_bucket_is_private(made):
    private = made["site-private"].inputs
    flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert all(private[flag] is True for flag in flags)
    assert made["site-ownership"].inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}


def test_only_this_distribution_reads_and_it_only_reads(made):
    (statement,) = json.loads(made["site-policy"].inputs["policy"])["Statement"]
    assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert statement["Action"] == "s3:GetObject"
    assert statement["Resource"] == "arn:site-bucket/*"
    assert statement["Condition"] == {"StringEquals": {"AWS:SourceArn": "arn:edge-distribution"}}


def test_one_function_runs_on_request_and_response(made):
    behavior = made["edge-distribution"].inputs["defaultCacheBehavior"]
    associations = {a["eventType"]: a["functionArn"] for a in behavior["functionAssociations"]}
    assert associations == {"viewer-request": "arn:edge-function", "viewer-response": "arn:edge-function"}
    assert behavior["viewerProtocolPolicy"] == "redirect-to-https"
    assert made["edge-function"].inputs["keyValueStoreAssociations"] == ["arn:edge-store"]


def test_the_query_string_selects_no_file(made):
    parameters = made["edge-cache"].inputs["parametersInCacheKeyAndForwardedToOrigin"]
    assert parameters["queryStringsConfig"] == {"queryStringBehavior": "none"}


def test_whatever_takes_tags_has_them(deployed):
    plan, made = deployed
    tagged = {name: args for name, args in made.items() if args.typ in TAGGED}
    assert len(tagged) == 3
    assert all(args.inputs["tags"] == plan.tags for args in tagged.values())
    assert {"windlass:app", "windlass:environment", "windlass:commit", "windlass:owner"} <= set(plan.tags)


def test_a_preview_can_always_be_emptied():
    _, made = run(protect=False, ttl_days=7)
    assert made["site-bucket"].inputs["forceDestroy"] is True


def test_what_holds_data_is_known_to_the_guard(made):
    stateful = {args.typ for args in made.values()} & STATEFUL_TYPES
    assert stateful == {"aws:s3/bucket:Bucket", "aws:cloudfront/keyValueStore:KeyValueStore"}
