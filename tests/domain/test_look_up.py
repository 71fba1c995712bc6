"""What AWS is asked before the plan, with answers as AWS gives them (botocore's Stubber checks both)."""

import asyncio
import dataclasses
import json
from datetime import UTC, datetime

import boto3
import pytest
from botocore.stub import Stubber

from engine.domain import look_up as module
from engine.domain.certificate import Record
from engine.domain.look_up import LookUp
from engine.domain.names import domain_of
from engine.errors import GuardError, PrerequisiteError, UsageError
from engine.plan.domain import DomainPlan, NamesPlan
from engine.target import Target

ZONE = "Z0123456789"
ARN = "arn:aws:acm:us-east-1:123456789012:certificate/one"
NAMES = ("example.com", "www.example.com")
WANTED = NamesPlan(NAMES, (ZONE, ZONE))
ELSEWHERE = NamesPlan(NAMES, ("", ""))
PROOF = {"Name": "_x.example.com.", "Type": "CNAME", "Value": "_y.acm-validations.aws."}


class Aws:
    """Stubbed clients; they are of the region that they are asked in."""

    def __init__(self):
        made = {name: boto3.client(name, region_name="us-east-1", **KEYS) for name in SERVICES}
        self.stubs = {name: Stubber(client) for name, client in made.items()}
        self.asked = []

    def __getitem__(self, service):
        return self.stubs[service]

    def get(self, target, service):
        self.asked.append((service, target.region))
        self.stubs[service].activate()
        return self.stubs[service].client

    def zones(self, *names, **config):
        listed = [
            {
                "Id": f"/hostedzone/{ZONE}{n or ''}",
                "Name": f"{name}.",
                "CallerReference": "r",
                "Config": config,
            }
            for n, name in enumerate(names)
        ]
        answer = {"HostedZones": listed, "Marker": "", "IsTruncated": False, "MaxItems": "100"}
        self["route53"].add_response("list_hosted_zones", answer)

    def distributions(self, *items):
        listed = [distribution(identity, *aliases) for identity, *aliases in items]
        page = {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": len(listed), "Items": listed}
        self["cloudfront"].add_response("list_distributions", {"DistributionList": page})

    def records(self, *sets):
        for found in sets:
            answer = {"ResourceRecordSets": found, "IsTruncated": False, "MaxItems": "10"}
            self["route53"].add_response("list_resource_record_sets", answer)

    def certificate(self, status, arn=ARN):
        options = [{"DomainName": NAMES[0], "ResourceRecord": PROOF}]
        answer = {
            "Certificate": {"CertificateArn": arn, "Status": status, "DomainValidationOptions": options}
        }
        self["acm"].add_response("describe_certificate", answer, {"CertificateArn": arn})

    def done(self):
        for stub in self.stubs.values():
            stub.assert_no_pending_responses()


KEYS = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
SERVICES = ("route53", "acm", "cloudfront")


def distribution(identity, *aliases):
    config = {"Quantity": len(aliases), "Items": list(aliases)}
    empty = {"Quantity": 0}
    behavior = {"TargetOriginId": "o", "ViewerProtocolPolicy": "https-only"}
    return {
        "Id": identity,
        "ARN": f"arn:{identity}",
        "Status": "Deployed",
        "LastModifiedTime": datetime(2026, 1, 1, tzinfo=UTC),
        "DomainName": "d.cloudfront.net",
        "Aliases": config,
        "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": "o"}]},
        "DefaultCacheBehavior": behavior,
        "CacheBehaviors": empty,
        "CustomErrorResponses": empty,
        "Comment": "Windlass: shop prod",
        "PriceClass": "PriceClass_100",
        "Enabled": True,
        "ViewerCertificate": {},
        "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}},
        "WebACLId": "",
        "HttpVersion": "http2",
        "IsIPV6Enabled": True,
        "Staging": False,
    }


def outputs_of(plan, arn=ARN):
    told = {**dataclasses.asdict(plan), "certificate": arn}
    return {
        "domain": json.dumps(told),
        "distribution_id": "E1",
        "distribution_domain": "d1.cloudfront.net",
    }


def looked_up(aws, outputs=None, domain="example.com", target=None, **options):
    target = target or Target("aws", "eu-central-1")
    return asyncio.run(LookUp(aws, target, domain_of(domain, "pr-1", **options), outputs or {})())


@pytest.fixture
def aws():
    return Aws()


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch):
    monkeypatch.setattr(module, "leads_to", lambda name, distribution: False)


def test_at_first_nothing_is_requested_and_nothing_is_live(aws):
    aws.zones("com", "example.com", "other.example.com", "notexample.com")
    aws.distributions(("E9", "shop.example.com"))
    aws.records([], [])
    found = looked_up(aws)
    zone = f"{ZONE}1"
    assert found.plan == DomainPlan(NamesPlan(NAMES, (zone, zone)))
    assert (found.certificate.status, found.records, found.finished) == ("NOT_REQUESTED", (), False)
    aws.done()


def test_an_issued_certificate_makes_the_names_live_and_the_plan_stays_the_same(aws):
    for outputs in (outputs_of(DomainPlan(WANTED)), outputs_of(DomainPlan(WANTED, WANTED))):
        aws.zones("example.com")
        aws.certificate("ISSUED")
        if json.loads(outputs["domain"])["live"] is None:
            aws.distributions()
            aws["cloudfront"].add_client_error("list_conflicting_aliases", "InvalidArgument")
            aws["cloudfront"].add_client_error("list_conflicting_aliases", "InvalidArgument")
            aws.records([], [])
        assert looked_up(aws, outputs).plan == DomainPlan(WANTED, WANTED)
    aws.done()
    assert {region for service, region in aws.asked if service == "acm"} == {"us-east-1"}
    assert {region for service, region in aws.asked if service != "acm"} == {"eu-central-1"}


def test_while_the_new_certificate_is_not_issued_the_old_names_stay_live(aws):
    old = NamesPlan(("old.example.com",), (ZONE,))
    aws.zones("example.com")
    aws.certificate("PENDING_VALIDATION")
    aws.distributions(("E1", "old.example.com"))
    for _ in NAMES:
        aws["cloudfront"].add_client_error("list_conflicting_aliases", "AccessDenied")
    aws.records([], [])
    assert looked_up(aws, outputs_of(DomainPlan(WANTED, old))).plan == DomainPlan(WANTED, old)


@pytest.mark.parametrize("status", ["FAILED", "VALIDATION_TIMED_OUT", "EXPIRED", "REVOKED"])
def test_a_certificate_that_came_to_nothing_is_requested_again_beside_it(aws, status):
    aws.zones("example.com")
    aws.certificate(status)
    found = looked_up(aws, outputs_of(DomainPlan(WANTED, WANTED)))
    assert found.plan == DomainPlan(dataclasses.replace(WANTED, attempt=1), WANTED)


def test_one_that_somebody_deleted_is_requested_again(aws):
    aws.zones("example.com")
    aws["acm"].add_client_error("describe_certificate", "ResourceNotFoundException")
    found = looked_up(aws, outputs_of(DomainPlan(WANTED, WANTED)))
    assert found.plan.wanted.attempt == 1


def test_where_dns_is_elsewhere_the_records_are_told(aws):
    aws.certificate("PENDING_VALIDATION")
    aws.distributions()
    for _ in NAMES:
        aws["cloudfront"].add_client_error("list_conflicting_aliases", "InvalidArgument")
    found = looked_up(aws, outputs_of(DomainPlan(ELSEWHERE)), zone="none")
    assert found.plan == DomainPlan(ELSEWHERE)
    assert set(found.records) == {
        Record("_x.example.com", "CNAME", "_y.acm-validations.aws"),
        Record("example.com", "ALIAS", "d1.cloudfront.net"),
        Record("www.example.com", "CNAME", "d1.cloudfront.net"),
    }
    aws.done()


def test_a_private_zone_is_none(aws):
    aws.zones("example.com", PrivateZone=True)
    aws.distributions()
    assert looked_up(aws).plan == DomainPlan(ELSEWHERE)


def test_of_two_zones_of_one_name_one_must_be_named(aws):
    aws.zones("example.com", "example.com")
    aws.distributions()
    with pytest.raises(UsageError, match=r"there are 2 public hosted zones example.com"):
        looked_up(aws)


def test_a_named_zone_must_hold_the_names(aws):
    zone = {"Id": ZONE, "Name": "example.org.", "CallerReference": "r"}
    aws["route53"].add_response("get_hosted_zone", {"HostedZone": zone}, {"Id": ZONE})
    aws.distributions()
    with pytest.raises(UsageError, match=r"\(example.org\) does not hold example.com"):
        looked_up(aws, zone=ZONE)


def test_a_name_that_another_distribution_has_is_refused_with_who_has_it(aws):
    aws.zones("example.com")
    aws.distributions(("E9", "www.example.com"))
    with pytest.raises(GuardError, match=r"www.example.com is taken") as refused:
        looked_up(aws)
    assert refused.value.details == ("www.example.com is of the distribution E9 (Windlass: shop prod)",)


def test_a_name_that_a_distribution_of_another_account_has_is_refused(aws):
    old = NamesPlan(("example.com",), (ZONE,))
    aws.zones("example.com")
    aws.certificate("ISSUED")
    aws.distributions(("E1", "example.com"))
    items = [{"Alias": "www.example.com", "DistributionId": "*******EXAMPLE", "AccountId": "******112233"}]
    answer = {"ConflictingAliasesList": {"MaxItems": 100, "Quantity": 1, "Items": items}}
    asked = {"DistributionId": "E1", "Alias": "www.example.com"}
    aws["cloudfront"].add_response("list_conflicting_aliases", answer, asked)
    with pytest.raises(GuardError, match=r"www.example.com is taken") as refused:
        looked_up(aws, outputs_of(DomainPlan(WANTED, old)))
    assert "of the account ******112233" in refused.value.details[0]


def test_a_record_that_leads_elsewhere_is_refused_and_one_of_ours_is_not(aws):
    def alias(target):
        found = {"HostedZoneId": "Z2", "DNSName": target, "EvaluateTargetHealth": False}
        return [{"Name": "example.com.", "Type": "A", "AliasTarget": found}]

    mail = [{"Name": "example.com.", "Type": "MX", "TTL": 1, "ResourceRecords": [{"Value": "1 m."}]}]
    for target, refused in (("d1.cloudfront.net.", False), ("old.example.net.", True)):
        aws.zones("example.com")
        aws.certificate("PENDING_VALIDATION")
        aws.distributions()
        for _ in NAMES:
            aws["cloudfront"].add_client_error("list_conflicting_aliases", "InvalidArgument")
        aws.records([*alias(target), *mail], [])
        if not refused:
            looked_up(aws, outputs_of(DomainPlan(WANTED)))
            continue
        with pytest.raises(GuardError, match=r"example.com leads elsewhere") as error:
            looked_up(aws, outputs_of(DomainPlan(WANTED)))
        assert error.value.details == (f"example.com  A  old.example.net  (hosted zone {ZONE})",)


def test_a_refusal_of_aws_says_what_to_allow(aws):
    aws["route53"].add_client_error("list_hosted_zones", "AccessDenied")
    aws.distributions()
    with pytest.raises(PrerequisiteError) as error:
        looked_up(aws)
    assert "route53:ListHostedZones" in error.value.hint
    assert "zone: none" in error.value.hint


def test_previews_take_the_certificate_that_there_is_already(aws):
    aws.zones("example.com")
    listed = [
        {"CertificateArn": f"{ARN}-{n}", "DomainName": name, "Status": status}
        for n, (name, status) in enumerate(
            [
                ("*.preview.example.com", "PENDING_VALIDATION"),
                ("*.preview.example.com", "ISSUED"),
                ("*.example.com", "ISSUED"),
            ]
        )
    ]
    aws["acm"].add_response("list_certificates", {"CertificateSummaryList": listed})
    aws.certificate("ISSUED", f"{ARN}-1")
    aws.distributions(("E9", "pr-2.preview.example.com"))
    aws.records([])
    found = looked_up(aws, domain="*.preview.example.com")
    wanted = NamesPlan(("pr-1.preview.example.com",), (ZONE,), own=False, certificate=f"{ARN}-1")
    assert found.plan == DomainPlan(wanted, wanted)
