"""The names of an environment as resources: certificates, records, aliases, and who redirects."""

import dataclasses

import pytest

from engine.plan.changes import STATEFUL_TYPES
from engine.plan.domain import DomainPlan, NamesPlan
from engine.plan.model import Plan
from engine.plan.why import why
from engine.publish.code import LIMIT, function_code
from programs.domain import Domain
from tests.programs.conftest import Runner
from tests.programs.mocked import declared, plan_of

HOSTED = NamesPlan(("example.com", "www.example.com"), ("Z1", "Z1"))
ELSEWHERE = NamesPlan(("example.com", "www.example.com"), ("", ""))
EARLIER = NamesPlan(("old.example.com",), ("Z1",))
SHARED = NamesPlan(("pr-1.preview.example.com",), ("Z1",), own=False, certificate="arn:wildcard")


def made(domain: DomainPlan | None):
    plan = dataclasses.replace(plan_of({}), domain=domain)
    edge = dataclasses.replace(plan.edge, function=function_code())
    return declared(dataclasses.replace(plan, edge=edge))


def of(found, prefix):
    return {name for name in found if name.startswith(prefix)}


def test_without_a_domain_nothing_is_different():
    found = made(None)
    assert of(found, "domain-") == set()
    assert "aliases" not in found["edge-distribution"].inputs
    assert found["edge-function"].inputs["code"] == function_code()


def test_until_the_certificate_is_issued_the_distribution_has_no_alias():
    found = made(DomainPlan(HOSTED))
    certificate = found[f"domain-certificate-{HOSTED.key}"].inputs
    assert certificate["region"] == "us-east-1"
    assert (certificate["domainName"], certificate["subjectAlternativeNames"]) == (
        "example.com",
        ["www.example.com"],
    )
    assert found["edge-distribution"].inputs["viewerCertificate"] == {"cloudfrontDefaultCertificate": True}
    assert not found["edge-distribution"].inputs.get("aliases")
    assert of(found, "domain-alias-") == set()


def test_an_issued_certificate_is_attached_and_the_names_lead_to_the_distribution():
    found = made(DomainPlan(HOSTED, live=HOSTED))
    distribution = found["edge-distribution"].inputs
    assert distribution["aliases"] == ["example.com", "www.example.com"]
    assert distribution["viewerCertificate"] == {
        "acmCertificateArn": f"arn:domain-certificate-{HOSTED.key}",
        "sslSupportMethod": "sni-only",
        "minimumProtocolVersion": "TLSv1.2_2021",
    }
    aliases = {name: found[name].inputs for name in of(found, "domain-alias-")}
    assert {(a["name"], a["type"]) for a in aliases.values()} == {
        (name, kind) for name in HOSTED.names for kind in ("A", "AAAA")
    }
    assert all(a["aliases"][0]["name"] == "edge-distribution.example" for a in aliases.values())
    assert all(why(name) for name in of(found, "domain-"))


def test_where_dns_is_elsewhere_no_record_is_set():
    found = made(DomainPlan(ELSEWHERE, live=ELSEWHERE))
    assert of(found, "domain-") == {f"domain-certificate-{ELSEWHERE.key}"}
    assert found["edge-distribution"].inputs["aliases"] == list(ELSEWHERE.names)


def test_the_old_name_stays_until_the_certificate_of_the_new_one_is_issued():
    found = made(DomainPlan(HOSTED, live=EARLIER))
    assert of(found, "domain-certificate-") == {
        f"domain-certificate-{HOSTED.key}",
        f"domain-certificate-{EARLIER.key}",
    }
    assert found["edge-distribution"].inputs["aliases"] == ["old.example.com"]
    assert of(found, "domain-alias-") == {
        "domain-alias-old.example.com",
        "domain-alias-old.example.com-ipv6",
    }


def test_no_change_of_the_names_replaces_a_certificate():
    again = dataclasses.replace(HOSTED, attempt=1)
    keys = {names.key for names in (HOSTED, again, EARLIER, NamesPlan(("example.com",), ("Z1",)))}
    assert len(keys) == 4
    assert "aws:acm/certificate:Certificate" not in STATEFUL_TYPES


def test_one_validation_record_serves_all_certificates_of_a_name():
    alone = NamesPlan(("example.com",), ("Z1",))
    found = made(DomainPlan(HOSTED, live=alone))
    validations = of(found, "domain-validation-")
    assert validations == {"domain-validation-example.com", "domain-validation-www.example.com"}
    assert all(found[name].inputs["allowOverwrite"] is True for name in validations)


def test_a_shared_certificate_is_used_and_not_made():
    found = made(DomainPlan(SHARED, live=SHARED))
    assert of(found, "domain-") == {
        "domain-alias-pr-1.preview.example.com",
        "domain-alias-pr-1.preview.example.com-ipv6",
    }
    certificate = found["edge-distribution"].inputs["viewerCertificate"]["acmCertificateArn"]
    assert certificate == "arn:wildcard"


def test_only_live_names_redirect():
    assert made(DomainPlan(HOSTED))["edge-function"].inputs["code"] == function_code()
    code = made(DomainPlan(HOSTED, live=HOSTED))["edge-function"].inputs["code"]
    assert "www.example.com" in code
    assert ".invalid" not in code
    assert len(code.encode()) <= LIMIT


def test_the_other_name_redirects_for_good_with_path_and_query():
    runner = Runner()
    try:
        runner._send({"code": Domain(DomainPlan(HOSTED, HOSTED)).redirected(function_code())})
        keys = {"live": '{"r": "r1", "i": 1}', "r1/i0": "{}"}

        def asked(host):
            query = {
                "a": {"value": "1%202"},
                "b": {"value": "", "multiValue": [{"value": "x"}, {"value": "y"}]},
            }
            headers = {"host": {"value": host}}
            request = {"method": "GET", "uri": "/a%20b/c", "querystring": query, "headers": headers}
            return runner(keys, {"context": {"eventType": "viewer-request"}, "request": request})

        answer = asked("www.example.com")
        assert answer["statusCode"] == 301
        where = answer["headers"]["location"]["value"]
        assert where == "https://example.com/a%20b/c?a=1%202&b=x&b=y"
        assert asked("example.com").get("statusCode") != 301
    finally:
        runner.stop()


@pytest.mark.parametrize("domain", [DomainPlan(HOSTED), DomainPlan(HOSTED, EARLIER), None])
def test_the_plan_goes_through_json_unchanged_and_has_a_digest_of_its_own(domain):
    plan = dataclasses.replace(plan_of({}), domain=domain)
    again = Plan.from_json(plan.to_json())
    assert (again, again.digest) == (plan, plan.digest)
    assert plan.digest != dataclasses.replace(plan, domain=DomainPlan(ELSEWHERE)).digest
