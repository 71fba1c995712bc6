"""An environment with a domain: in a hosted zone of the account, and with DNS elsewhere."""

import json

import pytest

pytestmark = pytest.mark.acceptance


def zone_of(project, name):
    """A hosted zone of the embedded Route 53; its id."""
    made = project.client("route53").create_hosted_zone(Name=name, CallerReference=name)
    return made["HostedZone"]["Id"].rpartition("/")[2]


def records_of(project, zone):
    listed = project.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return {(r["Name"].rstrip("."), r["Type"]): r for r in listed if r["Type"] not in ("NS", "SOA")}


def distribution_of(project):
    (found,) = project.client("cloudfront").list_distributions()["DistributionList"]["Items"]
    return found


def with_environments(project, rules):
    text = (project.folder / "amplify.yml").read_text()
    head = text.partition("\nenvironments:")[0]
    project.write("amplify.yml", f"{head}\nenvironments:\n{rules}")


@pytest.fixture
def started(project):
    project.run("local", "start")
    return project


def test_in_a_hosted_zone_one_deployment_does_it_all(started):
    project = started
    zone = zone_of(project, "example.com")
    with_environments(project, "  prod: {branch: main, domain: example.com}\n")
    first = project.deploy()
    assert first.of("warned") == [] or all("checkout" in w["message"] for w in first.of("warned"))

    outputs = json.loads(project.run("outputs", "--target", "local", "--json").out)
    distribution = distribution_of(project)
    assert sorted(distribution["Aliases"]["Items"]) == ["example.com", "www.example.com"]
    certificate = distribution["ViewerCertificate"]
    assert (certificate["SSLSupportMethod"], certificate["MinimumProtocolVersion"]) == (
        "sni-only",
        "TLSv1.2_2021",
    )
    records = records_of(project, zone)
    assert {kind for name, kind in records if name == "example.com"} == {"A", "AAAA"}
    assert (
        records["www.example.com", "A"]["AliasTarget"]["DNSName"].rstrip(".")
        == outputs["distribution_domain"]
    )
    assert sum(kind == "CNAME" for _, kind in records) == 2

    release = first.of("deployed")[0]["release"]
    assert project.get("/").headers["x-windlass-release"] == release
    named = project.get("/", headers={"host": "example.com"})
    assert (named.status_code, named.headers["x-windlass-release"]) == (200, release)
    other = project.get("/a%20b?c=d&e=f", headers={"host": "www.example.com"})
    assert (other.status_code, other.headers["location"]) == (301, f"{project.url()}a%20b?c=d&e=f")
    assert project.get("/", headers={"host": "evil.example"}).status_code == 403

    again = project.deploy().of("deployed")[0]
    assert again["unchanged"]
    planned = project.run("plan", "--target", "local", "--refresh", "--json").of("plan")[0]
    assert planned["changes"] == []

    explained = project.run("explain", "--target", "local").out
    assert "amplify.yml:" in next(
        line for line in explained.splitlines() if line.strip().startswith("domain ")
    )
    told = project.run("domain", "--target", "local", "--json").of("domain")[0]
    assert (told["status"], told["live"], told["records"]) == (
        "ISSUED",
        ["example.com", "www.example.com"],
        [],
    )

    with_environments(project, "  prod: {branch: main, domain: notes.example.com}\n")
    project.deploy()
    assert distribution_of(project)["Aliases"]["Items"] == ["notes.example.com"]
    assert {name for name, kind in records_of(project, zone) if kind == "A"} == {"notes.example.com"}

    project.destroy()
    assert records_of(project, zone) == {}
    assert project.client("acm").list_certificates()["CertificateSummaryList"] == []
    assert project.left() == []


def test_where_dns_is_elsewhere_the_records_to_set_are_told(started):
    project = started
    with_environments(project, "  prod: {branch: main, domain: www.example.org}\n")
    done = project.deploy()
    assert project.get("/").status_code == 200
    target = distribution_of(project)["DomainName"]
    told = project.run("domain", "--target", "local", "--json").of("domain")[0]
    assert {(r["name"], r["type"], r["value"]) for r in told["records"]} == {
        ("www.example.org", "CNAME", target),
        ("example.org", "ALIAS", target),
    }
    assert not any("records" in w["message"] for w in done.of("warned"))  # nobody should set these
    shown = project.run("domain", "--target", "local").out
    assert target in shown
    project.destroy()
    assert project.left() == []


def test_previews_share_a_certificate_and_have_names_of_their_own(started):
    project = started
    zone = zone_of(project, "preview.example.com")
    with_environments(
        project, "  preview: {branch: '*', pull_requests: true, domain: '*.preview.example.com'}\n"
    )
    for number in ("1", "2"):
        project.deploy("--pr", number, "--branch", f"fix-{number}")
    for number in ("1", "2"):
        name = f"pr-{number}.preview.example.com"
        assert project.get("/", headers={"host": name}).status_code == 200
    (certificate,) = project.client("acm").list_certificates()["CertificateSummaryList"]
    assert certificate["DomainName"] == "*.preview.example.com"
    for number in ("1", "2"):
        project.destroy(f"pr-{number}")
    assert {kind for _, kind in records_of(project, zone)} == {
        "CNAME"
    }  # it proves the wildcard, for the next


def test_a_taken_name_is_refused_before_anything_is_changed(started):
    project = started
    zone = zone_of(project, "example.net")
    with_environments(
        project, "  prod: {branch: main, domain: a.example.net}\n  staging: {branch: staging}\n"
    )
    project.deploy()
    with_environments(
        project, "  prod: {branch: main}\n  staging: {branch: staging, domain: a.example.net}\n"
    )
    refused = project.run("deploy", "--target", "local", "--branch", "staging", code=9)
    assert "a.example.net is taken by another distribution" in refused.err
    assert f"Windlass: {project.folder.name} prod" in refused.err

    change = {"Name": "b.example.net", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    batch = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": change}]}
    project.client("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)
    with_environments(project, "  prod: {branch: main, domain: b.example.net}\n")
    refused = project.run("deploy", "--target", "local", code=9)
    assert "b.example.net  A  192.0.2.1" in refused.err
    assert "zone: none" in refused.err
    assert distribution_of(project)["Aliases"]["Items"] == ["a.example.net"]
    with_environments(project, "  prod: {branch: main}\n")
    project.deploy()
    assert distribution_of(project)["Aliases"].get("Items", []) == []
    assert project.client("acm").list_certificates()["CertificateSummaryList"] == []
