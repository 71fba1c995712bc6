"""Buckets: private, and each user reaches what the rules say and nothing else."""

import json

import pytest
from pydantic import ValidationError

from engine.plan.why import why
from engine.spec.backend.backend import Backend
from tests.programs.mocked import SITE, declared, plan_of

OWN = "${cognito-identity.amazonaws.com:sub}"
AUTH = {"guests": True, "groups": ["admin"]}


def run(bucket, auth=AUTH, **policy):
    return declared(plan_of({"auth": auth, "storage": {"files": bucket}}, **policy))


def allowed(made, who):
    policy = made.get(f"storage-files-{who}-policy")
    statements = json.loads(policy.inputs["policy"])["Statement"] if policy else []
    return [(tuple(one["Action"]), one["Resource"], one.get("Condition")) for one in statements]


def listing(*prefixes):
    return {"StringLike": {"s3:prefix": list(prefixes)}}


def test_nobody_but_who_is_allowed_reaches_it():
    made = run({})
    private = made["storage-files-private"].inputs
    assert all(private[flag] for flag in ("blockPublicAcls", "blockPublicPolicy", "restrictPublicBuckets"))
    assert made["storage-files-ownership"].inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}
    assert [name for name in made if name.endswith("-policy") and name.startswith("storage")] == []


def test_an_owner_has_what_is_below_the_own_id():
    made = run({"access": {"owner": ["read", "write", "delete"]}})
    assert allowed(made, "authenticated") == [
        (
            ("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
            f"arn:storage-files/private/{OWN}/*",
            None,
        ),
        (("s3:ListBucket",), "arn:storage-files", listing(f"private/{OWN}/*", f"private/{OWN}/")),
    ]
    assert allowed(made, "guest") == []


def test_others_may_read_what_an_owner_writes_where_the_rule_says_so():
    made = run({"access": {"shared/{identity}/*": {"owner": "write", "authenticated": "get"}}})
    granted = {(actions, resource) for actions, resource, _ in allowed(made, "authenticated")}
    assert granted == {
        (("s3:GetObject",), "arn:storage-files/shared/*/*"),
        (("s3:AbortMultipartUpload", "s3:PutObject"), f"arn:storage-files/shared/{OWN}/*"),
    }


def test_a_group_may_do_what_everybody_may_and_more():
    made = run({"access": {"all/*": {"groups.admin": "delete"}, "public/*": {"authenticated": "get"}}})
    resources = {(actions, resource) for actions, resource, _ in allowed(made, "groups-admin")}
    assert resources == {
        (("s3:DeleteObject",), "arn:storage-files/all/*"),
        (("s3:GetObject",), "arn:storage-files/public/*"),
    }
    assert [resource for _, resource, _ in allowed(made, "authenticated")] == ["arn:storage-files/public/*"]


def test_pages_of_this_environment_and_no_others_use_it():
    (rule,) = run({})["storage-files-cors"].inputs["corsRules"]
    assert rule["allowedOrigins"] == ["https://edge-distribution.example", SITE]
    assert "ETag" in rule["exposeHeaders"]


def test_files_may_go_by_themselves_and_unfinished_uploads_always_do():
    rules = run({"expire": {"tmp/*": 7}})["storage-files-lifecycle"].inputs["rules"]
    assert rules[0]["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}
    assert (rules[1]["filter"], rules[1]["expiration"]) == ({"prefix": "tmp/"}, {"days": 7})


@pytest.mark.parametrize("protect", [True, False])
def test_a_preview_can_be_emptied_and_production_cannot(protect):
    assert run({}, protect=protect)["storage-files"].inputs["forceDestroy"] is not protect


def test_versions_are_kept_where_that_is_wanted():
    assert "storage-files-versions" in run({"versioning": True})
    assert "storage-files-versions" not in run({})


def test_everything_has_a_reason():
    made = run({"versioning": True, "access": {"guest": "read", "owner": "write"}})
    assert [name for name in made if not why(name)] == []


@pytest.mark.parametrize(
    "access",
    [
        {"everybody": ["read"]},
        {"public": {"guest": ["read"]}},
        {"/public/*": {"guest": ["read"]}},
        {"a/*/b": {"guest": ["read"]}},
        {"../*": {"guest": ["read"]}},
        {"public/*": {"guest": ["own"]}},
        {"public/*": {"groups.": ["read"]}},
    ],
)
def test_what_is_no_rule_is_refused(access):
    with pytest.raises(ValidationError):
        Backend.model_validate({"storage": {"files": {"access": access}}})


def test_every_rule_of_a_lifecycle_has_a_name_of_its_own():
    made = declared(plan_of({"storage": {"uploads": {"expire": {"a/b/*": 1, "a-b/*": 2, "*": 3}}}}))
    ids = [rule["id"] for rule in made["storage-uploads-lifecycle"].inputs["rules"]]
    assert len(set(ids)) == len(ids) == 4


@pytest.mark.parametrize("expire", [{"a/*": 0}, {"private/{identity}/*": 7}])
def test_files_that_s3_could_not_take_away_are_refused(expire):
    with pytest.raises(ValidationError):
        Backend.model_validate({"storage": {"uploads": {"expire": expire}}})
