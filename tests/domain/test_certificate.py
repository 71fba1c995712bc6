"""The certificate that previews share."""

import boto3
import pytest
from botocore.stub import Stubber

from engine.domain.certificate import Record, prove_shared, request_shared, shared

ARN = "arn:aws:acm:us-east-1:123456789012:certificate/one"
WILDCARD = "*.preview.example.com"
TOLD = {"Name": "_x.preview.example.com.", "Type": "CNAME", "Value": "_y.acm-validations.aws."}
PROOF = Record("_x.preview.example.com", "CNAME", "_y.acm-validations.aws")


def described(*records):
    options = [
        {"DomainName": WILDCARD, **({"ResourceRecord": record} if record else {})} for record in records
    ]
    return {"Certificate": {"Status": "PENDING_VALIDATION", "DomainValidationOptions": options}}


@pytest.fixture
def stub():
    def make(service):
        keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
        stubbed = Stubber(boto3.client(service, region_name="us-east-1", **keys))
        stubbed.activate()
        return stubbed

    return make


def test_two_previews_at_once_request_the_same_one(stub, monkeypatch):
    monkeypatch.setattr("engine.domain.certificate.time.sleep", lambda _: None)
    acm = stub("acm")
    tokens = []
    acm.client.meta.events.register(
        "provide-client-params.acm.RequestCertificate",
        lambda params, **_: tokens.append(params["IdempotencyToken"]),
    )
    for _ in range(2):
        acm.add_response("request_certificate", {"CertificateArn": ARN})
        acm.add_response("describe_certificate", described(None))  # AWS needs a moment
        acm.add_response("describe_certificate", described(TOLD))
        assert request_shared(acm.client, WILDCARD, {"windlass:app": "notes"}).records == (PROOF,)
    assert len(set(tokens)) == 1
    assert all(0 < len(token) <= 32 and token.isalnum() for token in tokens)


def test_without_one_none_is_made_up(stub):
    acm = stub("acm")
    acm.add_response("list_certificates", {"CertificateSummaryList": []})
    assert shared(acm.client, WILDCARD).status == "NOT_REQUESTED"


def test_its_records_are_set_in_the_zone(stub):
    route53 = stub("route53")
    record = {
        "Name": PROOF.name,
        "Type": "CNAME",
        "TTL": 300,
        "ResourceRecords": [{"Value": PROOF.value}],
    }
    change = {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]}
    done = {"ChangeInfo": {"Id": "c", "Status": "PENDING", "SubmittedAt": 0}}
    route53.add_response("change_resource_record_sets", done, {"HostedZoneId": "Z1", "ChangeBatch": change})
    acm = stub("acm")
    acm.add_response(
        "list_certificates", {"CertificateSummaryList": [{"CertificateArn": ARN, "DomainName": WILDCARD}]}
    )
    acm.add_response("describe_certificate", described(TOLD))
    prove_shared(route53.client, shared(acm.client, WILDCARD), "Z1")
    route53.assert_no_pending_responses()
