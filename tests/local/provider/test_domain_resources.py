"""Certificates and records: what is asked of AWS, and how its answers are read."""

from __future__ import annotations

from typing import Any

import pytest

from engine.local.provider.resources import RESOURCES
from engine.local.provider.values import UNKNOWN

CERTIFICATE = RESOURCES["aws:acm/certificate:Certificate"]
RECORD = RESOURCES["aws:route53/record:Record"]
ARN = "arn:aws:acm:us-east-1:000000000000:certificate/1"
ALIAS = {"name": "d1.cloudfront.net", "zoneId": "Z2FDTNDATAQYW2", "evaluateTargetHealth": False}
PLAIN = {"zoneId": "Z1", "name": "_x.example.com", "type": "CNAME", "ttl": 300, "records": ["_y.aws."]}


def test_a_certificate_is_requested_with_its_names_and_tags(fake: Any, cloud_of: Any) -> None:
    acm = fake(request_certificate={"CertificateArn": ARN})
    inputs = {
        "domainName": "example.com",
        "subjectAlternativeNames": ["www.example.com"],
        "validationMethod": "DNS",
        "region": "us-east-1",
        "tags": {"a": "b"},
    }
    assert CERTIFICATE.create(cloud_of(acm=acm), inputs) == ARN
    assert acm.asked("request_certificate") == [
        {
            "DomainName": "example.com",
            "SubjectAlternativeNames": ["www.example.com"],
            "ValidationMethod": "DNS",
            "Tags": [{"Key": "a", "Value": "b"}],
        }
    ]


def test_a_certificate_tells_the_records_that_prove_it(fake: Any, cloud_of: Any) -> None:
    record = {"Name": "_x.example.com.", "Type": "CNAME", "Value": "_y.aws."}
    there = {
        "DomainName": "example.com",
        "SubjectAlternativeNames": ["example.com", "www.example.com"],
        "Status": "PENDING_VALIDATION",
        "Type": "AMAZON_ISSUED",
        "DomainValidationOptions": [
            {"DomainName": "example.com", "ValidationMethod": "DNS", "ResourceRecord": record},
            {"DomainName": "www.example.com", "ValidationMethod": "DNS"},  # not told yet
        ],
    }
    found = CERTIFICATE.read(
        cloud_of(acm=fake(describe_certificate={"Certificate": there})), ARN, {"region": "us-east-1"}
    )
    assert found is not None
    assert found.inputs["subjectAlternativeNames"] == ["www.example.com"]
    assert found.outputs["domainValidationOptions"] == [
        {
            "domainName": "example.com",
            "resourceRecordName": "_x.example.com.",
            "resourceRecordType": "CNAME",
            "resourceRecordValue": "_y.aws.",
        }
    ]


@pytest.mark.parametrize("name", ["domainName", "subjectAlternativeNames", "validationMethod", "region"])
def test_what_a_certificate_is_for_never_changes(name: str) -> None:
    assert CERTIFICATE.inputs[name].replaces


def test_the_tags_of_a_certificate_are_brought_to_those_wanted(fake: Any, cloud_of: Any) -> None:
    acm = fake(list_tags_for_certificate={"Tags": [{"Key": "old", "Value": "1"}]})
    CERTIFICATE.update(cloud_of(acm=acm), ARN, {"tags": {"new": "2"}})
    assert acm.asked("remove_tags_from_certificate")[0]["Tags"] == [{"Key": "old"}]
    assert acm.asked("add_tags_to_certificate")[0]["Tags"] == [{"Key": "new", "Value": "2"}]


@pytest.mark.parametrize(
    ("inputs", "action", "written"),
    [
        (
            PLAIN,
            "CREATE",
            {
                "Name": "_x.example.com",
                "Type": "CNAME",
                "TTL": 300,
                "ResourceRecords": [{"Value": "_y.aws."}],
            },
        ),
        (
            {
                "zoneId": "Z1",
                "name": "example.com",
                "type": "A",
                "aliases": [ALIAS],
                "allowOverwrite": True,
            },
            "UPSERT",
            {
                "Name": "example.com",
                "Type": "A",
                "AliasTarget": {
                    "DNSName": "d1.cloudfront.net",
                    "HostedZoneId": "Z2FDTNDATAQYW2",
                    "EvaluateTargetHealth": False,
                },
            },
        ),
    ],
)
def test_a_record_is_written(
    inputs: dict[str, Any], action: str, written: dict[str, Any], fake: Any, cloud_of: Any
) -> None:
    route53 = fake()
    identity = RECORD.create(cloud_of(route53=route53), inputs)
    assert identity == f"Z1_{inputs['name']}_{inputs['type']}"
    (change,) = route53.asked("change_resource_record_sets")
    assert change["ChangeBatch"]["Changes"] == [{"Action": action, "ResourceRecordSet": written}]


def test_a_record_is_read_by_its_id_and_deleted_as_it_is(fake: Any, cloud_of: Any) -> None:
    there = {
        "Name": "\\052.Example.com.",
        "Type": "A",
        "AliasTarget": {
            "DNSName": "D1.cloudfront.net.",
            "HostedZoneId": "Z2FDTNDATAQYW2",
            "EvaluateTargetHealth": False,
        },
    }
    route53 = fake(list_resource_record_sets={"ResourceRecordSets": [there]})
    found = RECORD.read(cloud_of(route53=route53), "Z1_*.example.com_A", {})
    assert found is not None
    assert (found.inputs["aliases"], found.outputs) == ([ALIAS], {"fqdn": "*.example.com"})
    RECORD.delete(cloud_of(route53=route53), "Z1_*.example.com_A", {})
    (change,) = route53.asked("change_resource_record_sets")
    assert change["ChangeBatch"]["Changes"] == [{"Action": "DELETE", "ResourceRecordSet": there}]


def test_the_next_record_of_the_zone_is_not_the_one(fake: Any, cloud_of: Any) -> None:
    other = {"Name": "b.example.com.", "Type": "A", "TTL": 1, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    route53 = fake(list_resource_record_sets={"ResourceRecordSets": [other]})
    assert RECORD.read(cloud_of(route53=route53), "Z1_a.example.com_A", {}) is None
    RECORD.delete(cloud_of(route53=route53), "Z1_a.example.com_A", {})
    assert route53.asked("change_resource_record_sets") == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ""),
        ({"records": None, "ttl": None}, "exactly one of records and aliases"),
        ({"aliases": [ALIAS]}, "exactly one of records and aliases"),
        ({"ttl": None}, "records need a ttl"),
        ({"records": [UNKNOWN]}, ""),
        ({"records": UNKNOWN, "name": UNKNOWN}, ""),
    ],
)
def test_a_record_is_plain_or_an_alias(changes: dict[str, Any], told: str) -> None:
    assert told in "; ".join(failure.reason for failure in RECORD.check({**PLAIN, **changes}))
    assert bool(list(RECORD.check({**PLAIN, **changes}))) == bool(told)
