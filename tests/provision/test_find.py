from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from engine.provision import find as module
from engine.provision.find import find
from engine.target import Target

TARGET = Target("aws")
TAGS = {"windlass:app": "shop", "windlass:environment": "prod", "windlass:commit": "abc"}


class Aws:
    """Two distributions on two pages, one store, one bucket without a policy."""

    def list_distributions(self, Marker: str = "") -> dict[str, Any]:  # noqa: N803
        if not Marker:
            return {"DistributionList": {"Items": [{"Id": "E1", "ARN": "arn:E1"}], "NextMarker": "2"}}
        return {"DistributionList": {"Items": [{"Id": "E2", "ARN": "arn:E2"}]}}

    def list_tags_for_resource(self, Resource: str) -> dict[str, Any]:  # noqa: N803
        tags = {**TAGS, "windlass:commit": "old"} if Resource == "arn:E2" else {"windlass:app": "shop"}
        return {"Tags": {"Items": [{"Key": key, "Value": value} for key, value in tags.items()]}}

    def describe_key_value_store(self, Name: str) -> dict[str, Any]:  # noqa: N803
        if Name != "shop":
            raise _refusal("EntityNotFound", 404)
        return {}

    def head_bucket(self, Bucket: str) -> dict[str, Any]:  # noqa: N803
        if Bucket != "shop":
            raise _refusal("403", 403)
        return {}

    def get_bucket_policy(self, Bucket: str) -> dict[str, Any]:  # noqa: N803
        raise _refusal("NoSuchBucketPolicy", 404)

    def list_cache_policies(self, Type: str) -> dict[str, Any]:  # noqa: N803
        policy = {"Id": "P1", "CachePolicyConfig": {"Name": "shop"}}
        return {"CachePolicyList": {"Items": [{"Type": Type, "CachePolicy": policy}]}}

    def get_paginator(self, operation: str) -> Any:
        names = ("example.org", "example.com", "example.com")
        listed = [{"CertificateArn": f"arn:C{n}", "DomainName": name} for n, name in enumerate(names)]
        pages = [{"CertificateSummaryList": listed[:2]}, {"CertificateSummaryList": listed[2:]}]
        return SimpleNamespace(paginate=lambda: pages)

    def describe_certificate(self, CertificateArn: str) -> dict[str, Any]:  # noqa: N803
        names = ["example.com", "www.example.com"] if CertificateArn == "arn:C2" else ["example.com"]
        return {"Certificate": {"SubjectAlternativeNames": names}}

    def list_tags_for_certificate(self, CertificateArn: str) -> dict[str, Any]:  # noqa: N803
        return {"Tags": [{"Key": key, "Value": value} for key, value in TAGS.items()]}

    def list_resource_record_sets(self, StartRecordName: str, **_: str) -> dict[str, Any]:  # noqa: N803
        return {"ResourceRecordSets": [{"Name": "a.example.com.", "Type": "A"}]}


def _refusal(code: str, status: int) -> ClientError:
    error = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(error, "Look")


@pytest.fixture(autouse=True)
def _aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "client", lambda target, service: Aws())


@pytest.mark.parametrize(
    ("kind", "inputs", "identity"),
    [
        ("aws:cloudfront/distribution:Distribution", {"tags": TAGS}, "E2"),
        ("aws:cloudfront/distribution:Distribution", {"tags": {**TAGS, "windlass:environment": "dev"}}, None),
        ("aws:cloudfront/distribution:Distribution", {}, None),
        ("aws:cloudfront/keyValueStore:KeyValueStore", {"name": "shop"}, "shop"),
        ("aws:cloudfront/keyValueStore:KeyValueStore", {"name": "other"}, None),
        ("aws:cloudfront/cachePolicy:CachePolicy", {"name": "shop"}, "P1"),
        ("aws:cloudfront/cachePolicy:CachePolicy", {"name": "other"}, None),
        ("aws:s3/bucket:Bucket", {"bucket": "shop"}, "shop"),
        ("aws:s3/bucketPolicy:BucketPolicy", {"bucket": "shop"}, None),
        ("aws:acm/certificate:Certificate", {"domainName": "example.com", "tags": TAGS}, "arn:C1"),
        (
            "aws:acm/certificate:Certificate",
            {"domainName": "example.com", "subjectAlternativeNames": ["www.example.com"], "tags": TAGS},
            "arn:C2",
        ),
        (
            "aws:acm/certificate:Certificate",
            {"domainName": "example.com", "tags": {**TAGS, "windlass:environment": "dev"}},
            None,
        ),
        (
            "aws:route53/record:Record",
            {"zoneId": "Z1", "name": "a.example.com", "type": "A"},
            "Z1_a.example.com_A",
        ),
        ("aws:route53/record:Record", {"zoneId": "Z1", "name": "a.example.com", "type": "AAAA"}, None),
        ("aws:sns/topic:Topic", {"name": "shop"}, None),
    ],
)
def test_find(kind: str, inputs: dict[str, Any], identity: str | None) -> None:
    assert find(TARGET, kind, inputs) == identity


def test_somebody_elses_bucket_is_an_error_not_an_absence() -> None:
    with pytest.raises(ClientError):
        find(TARGET, "aws:s3/bucket:Bucket", {"bucket": "theirs"})
