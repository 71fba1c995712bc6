"""The entries: true to the official SDK, and to the rules that AWS has and the emulator has not."""

from __future__ import annotations

import importlib
import json
import keyword
import re
from typing import Any

import pytest

from engine.errors import LocalTargetError
from engine.local.provider import lifecycle
from engine.local.provider.config import Config
from engine.local.provider.fields import DEFAULT_TAGS, Fields
from engine.local.provider.naming import Naming
from engine.local.provider.resources import RESOURCES
from engine.local.provider.values import UNKNOWN

FUNCTION = RESOURCES["aws:cloudfront/function:Function"]
DISTRIBUTION = RESOURCES["aws:cloudfront/distribution:Distribution"]
BUCKET = RESOURCES["aws:s3/bucket:Bucket"]
POLICY = RESOURCES["aws:s3/bucketPolicy:BucketPolicy"]


def _properties(args: type) -> dict[str, Any]:
    """The getters of an args class of pulumi_aws by their names in Pulumi."""
    getters = (one for one in vars(args).values() if isinstance(one, property))
    return {one.fget._pulumi_name: one.fget for one in getters}


def _nested(package: Any, getter: Any) -> type | None:
    found = re.search(r"(\w+Args)\b", str(getter.__annotations__["return"]))
    return getattr(package, found.group(1), None) if found else None


def _compare(package: Any, args: type, declared: Fields, where: str) -> None:
    official = _properties(args)
    unknown = set(declared) - set(official) - {DEFAULT_TAGS}
    assert not unknown, f"{where}: the official provider has no {unknown}"
    for name, field in declared.items():
        inner = field.item or field
        if inner.fields:
            nested = _nested(package, official[name])
            assert nested is not None, f"{where}.{name} is not nested"
            _compare(package, nested, inner.fields, f"{where}.{name}")


def _importable(module: str) -> str:
    return f"{module}_" if keyword.iskeyword(module) else module


@pytest.mark.parametrize("kind", RESOURCES)
def test_inputs_and_outputs_are_those_of_the_official_provider(kind: str) -> None:
    module, _, name = kind.removeprefix("aws:").rpartition(":")
    package = importlib.import_module(f"pulumi_aws.{_importable(module.split('/')[0])}")
    resource = RESOURCES[kind]
    # Where a nested block has the name, the resource's own class is called otherwise.
    args = getattr(package, f"{name}InitArgs", None) or getattr(package, f"{name}Args")
    _compare(package, args, resource.inputs, kind)
    file = importlib.import_module(getattr(package, name).__module__)
    known = _properties(getattr(file, f"_{name}State"))
    assert set(resource.outputs) <= set(known)
    assert set(resource.stable) <= set(resource.outputs)
    assert ("tags" in known) == ("tags" in resource.inputs)
    assert ("region" in known) == ("region" in resource.inputs)


def _reasons(resource: Any, inputs: dict[str, Any]) -> str:
    _, wrong = lifecycle.check(resource, Config("us-east-1"), {}, inputs, Naming("n"))
    return "; ".join(f"{one.property}: {one.reason}" for one in wrong)


def test_a_function_has_10_kb_one_store_and_a_plain_name() -> None:
    good = {"name": "edge_1", "code": "x" * 10_240, "runtime": "cloudfront-js-2.0"}
    assert _reasons(FUNCTION, good) == ""
    assert "10241 bytes" in _reasons(FUNCTION, {**good, "code": "x" * 10_241})
    assert "one KeyValueStore" in _reasons(FUNCTION, {**good, "keyValueStoreAssociations": ["a", "b"]})
    assert "runtime" in _reasons(FUNCTION, {**good, "runtime": "nodejs20.x"})
    assert "1 to 64" in _reasons(FUNCTION, {**good, "name": "edge.fn"})


@pytest.mark.parametrize("name", ["ab", "Upper", "a_b", "a..b", "192.168.0.1", "xn--a", "-ab", "a" * 64])
def test_a_bad_bucket_name_is_refused(name: str) -> None:
    assert "no bucket name" in _reasons(BUCKET, {"bucket": name})


def test_good_bucket_names_pass() -> None:
    assert [_reasons(BUCKET, {"bucket": name}) for name in ("abc", "a" * 63, "my.site-1")] == ["", "", ""]


def test_a_bucket_policy_is_complete() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
    good = json.dumps({"Statement": [statement]})
    assert _reasons(POLICY, {"bucket": "b", "policy": good}) == ""
    assert _reasons(POLICY, {"bucket": UNKNOWN, "policy": UNKNOWN}) == ""
    assert "needs a Statement" in _reasons(POLICY, {"bucket": "b", "policy": "{}"})
    del statement["Principal"], statement["Action"]
    bad = json.dumps({"Statement": statement})
    assert "no Principal and no Action" in _reasons(POLICY, {"bucket": "b", "policy": bad})


def _distribution(**changes: Any) -> dict[str, Any]:
    behavior = {
        "targetOriginId": "site",
        "viewerProtocolPolicy": "https-only",
        "allowedMethods": ["GET", "HEAD"],
        "cachedMethods": ["GET", "HEAD"],
        "cachePolicyId": "p1",
        "functionAssociations": [{"eventType": "viewer-request", "functionArn": "arn:x:function/edge"}],
    }
    return {
        "enabled": True,
        "origins": [{"originId": "site", "domainName": "d", "originAccessControlId": "E1"}],
        "defaultCacheBehavior": behavior,
        "restrictions": {"geoRestriction": {"restrictionType": "none"}},
        "viewerCertificate": {"cloudfrontDefaultCertificate": True},
        **changes,
    }


def test_a_distribution_needs_its_origin_and_a_certificate_for_its_aliases() -> None:
    assert _reasons(DISTRIBUTION, _distribution()) == ""
    behavior = {**_distribution()["defaultCacheBehavior"], "targetOriginId": "other"}
    assert 'no origin "other"' in _reasons(DISTRIBUTION, _distribution(defaultCacheBehavior=behavior))
    assert "aliases need a certificate" in _reasons(DISTRIBUTION, _distribution(aliases=["shop.example.com"]))
    unknown = _distribution(origins=[UNKNOWN], viewerCertificate=UNKNOWN, aliases=UNKNOWN)
    assert _reasons(DISTRIBUTION, unknown) == ""
    whole = dict.fromkeys(("origins", "defaultCacheBehavior", "orderedCacheBehaviors"), UNKNOWN)
    assert _reasons(DISTRIBUTION, _distribution(**whole)) == ""


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ("get_cache_policy", "there is no p1"),
        ("get_origin_access_control", "there is no E1"),
        ("describe_function", "arn:x:function/edge does not exist or is not published"),
    ],
)
def test_a_distribution_refers_to_what_exists(
    operation: str, told: str, fake: Any, cloud_of: Any, refuse: Any
) -> None:
    cloudfront = fake(**{operation: refuse("Get", "NoSuchThing", status=404)})
    with pytest.raises(LocalTargetError, match=told):
        DISTRIBUTION.create(cloud_of(cloudfront=cloudfront), _distribution())
    assert cloudfront.asked("create_distribution") == []


def test_a_function_refers_to_a_store_that_exists(fake: Any, cloud_of: Any) -> None:
    cloudfront = fake(list_key_value_stores={"KeyValueStoreList": {"Items": [{"ARN": "arn:a"}]}})
    inputs = {"name": "f", "code": "c", "runtime": "r", "keyValueStoreAssociations": ["arn:b"]}
    with pytest.raises(LocalTargetError, match="there is no KeyValueStore arn:b"):
        FUNCTION.create(cloud_of(cloudfront=cloudfront), inputs)


def test_a_distribution_is_disabled_before_it_is_deleted(fake: Any, cloud_of: Any) -> None:
    config = {"DistributionConfig": {"Enabled": True, "Comment": "c"}, "ETag": "e1"}
    waiter = fake()
    cloudfront = fake(
        get_distribution_config=config, update_distribution={"ETag": "e2"}, get_waiter=lambda *_: waiter
    )
    cloudfront.get_waiter = lambda _: waiter
    DISTRIBUTION.delete(cloud_of(cloudfront=cloudfront), "E1", {})
    update = cloudfront.asked("update_distribution")[0]
    assert (update["IfMatch"], update["DistributionConfig"]["Enabled"]) == ("e1", False)
    assert len(waiter.calls) == 1
    assert cloudfront.asked("delete_distribution") == [{"Id": "E1", "IfMatch": "e2"}]


def test_a_bucket_to_be_destroyed_with_its_objects_is_emptied_first(fake: Any, cloud_of: Any) -> None:
    version = {"Key": "k", "VersionId": "v", "Size": 3}
    marker = {"Key": "k", "VersionId": "m", "IsLatest": True}
    pages = fake(paginate=[{"Versions": [version]}, {"DeleteMarkers": [marker]}, {}])
    s3 = fake()
    s3.get_paginator = lambda _: pages
    BUCKET.delete(cloud_of(s3=s3), "b", {"forceDestroy": True})
    deleted = [call["Delete"]["Objects"] for call in s3.asked("delete_objects")]
    assert deleted == [[{"Key": "k", "VersionId": "v"}], [{"Key": "k", "VersionId": "m"}]]
    assert s3.calls[-1] == ("delete_bucket", {"Bucket": "b"})


def test_a_bucket_that_one_owns_already_is_not_taken_over(fake: Any, cloud_of: Any) -> None:
    created = lifecycle.create
    with pytest.raises(Exception, match="BucketAlreadyOwnedByYou"):
        created(cloud_of(s3=fake()), BUCKET, {"bucket": "b", "region": "us-east-1"})


@pytest.mark.parametrize(
    ("kind", "operation", "there", "asked"),
    [
        ("route:Route", "get_route", {"RouteKey": "GET /"}, {"ApiId": "a1", "RouteId": "p1"}),
        ("stage:Stage", "get_stage", {"StageName": "p1"}, {"ApiId": "a1", "StageName": "p1"}),
    ],
)
@pytest.mark.parametrize("identity", ["p1", "a1/p1"])
def test_a_part_of_an_api_is_read_by_its_id_and_by_that_of_an_import(
    cloud_of: Any, fake: Any, kind: str, operation: str, there: Any, asked: Any, identity: str
) -> None:
    client = fake(**{operation: there})
    resource = RESOURCES[f"aws:apigatewayv2/{kind}"]
    state = lifecycle.read(cloud_of(apigatewayv2=client), resource, identity, {"apiId": "a1"})
    assert state is not None
    assert state.identity == "p1"
    assert client.asked(operation) == [asked]
