"""The domain between the steps: nobody is asked without one, and nothing waits for a person."""

import asyncio
import dataclasses
import json

import pytest

from engine.clients import Clients
from engine.context import Context, Settings, url_of
from engine.domain.certificate import Certificate, Record
from engine.domain.look_up import Found
from engine.domain.names import Domain
from engine.environment.git import Checkout
from engine.environment.model import Environment
from engine.environment.policy import Policy
from engine.errors import ProvisionError
from engine.events import Warned
from engine.plan.domain import DomainPlan, NamesPlan
from engine.plan.make import make_plan
from engine.provision.provision import Provisioned
from engine.spec.model import Spec
from engine.state.backend import StateBackend
from engine.state.record import EnvironmentRecord
from engine.steps import attached as attaching
from engine.steps import domain as module
from engine.steps import provision
from engine.steps.attached import attached
from engine.steps.domain import looked_up, tell, up_to_date, visited
from engine.target import Target

AWS = Target("aws")
HOSTED = NamesPlan(("example.com", "www.example.com"), ("Z1", "Z1"))
ELSEWHERE = NamesPlan(("example.com", "www.example.com"), ("", ""))
PROOF = Record("_x.example.com", "CNAME", "_y.acm-validations.aws")
DISTRIBUTION = "d1.cloudfront.net"
PENDING = Certificate("arn", "PENDING_VALIDATION", (PROOF,))
ISSUED = Certificate("arn", "ISSUED", (PROOF,))


def outputs_of(plan):
    told = {**dataclasses.asdict(plan), "certificate": "arn"}
    return {"domain": json.dumps(told), "distribution_domain": DISTRIBUTION}


def found_of(names, certificate, **more):
    plan = DomainPlan(names, names if certificate.status == "ISSUED" else None)
    domain = Domain(names.names[0], names.names[1])
    return Found(domain, plan, certificate, DISTRIBUTION, **more)


@pytest.fixture
def events():
    return []


@pytest.fixture
def context_of(events):
    def make(found=None, outputs=None, target=AWS):
        environment = Environment(
            "notes", "prod", "main", "prod", Policy(), domain=found.domain if found else None
        )
        plan = make_plan(environment, "1", "", Checkout(), domain=found.plan if found else None)
        return Context(
            settings=Settings(project=None, host={}),
            spec=Spec(app="notes"),
            environment=environment,
            checkout=Checkout(),
            target=target,
            state=StateBackend("file:///none"),
            plan=plan,
            record=EnvironmentRecord("notes", "prod", outputs=outputs or {}),
            deployment="d",
            emit=events.append,
            cancel=type("Never", (), {"check": lambda self: None})(),
            domain=found,
        )

    return make


class Nobody(Clients):
    def get(self, target, service):
        raise AssertionError(f"{service} is asked")


def test_without_a_domain_nobody_is_asked(context_of):
    context = context_of()
    found = asyncio.run(looked_up(context.environment, AWS, context.record, Nobody()))
    assert found is None
    assert asyncio.run(up_to_date(context)) is context
    assert asyncio.run(attached(context)) is context


@pytest.mark.parametrize(
    ("plan", "answers", "url"),
    [
        (DomainPlan(HOSTED), False, f"https://{DISTRIBUTION}/"),
        (DomainPlan(HOSTED, HOSTED), False, "https://example.com/"),
        (DomainPlan(ELSEWHERE, ELSEWHERE), False, f"https://{DISTRIBUTION}/"),
        (DomainPlan(ELSEWHERE, ELSEWHERE), True, "https://example.com/"),
    ],
)
def test_the_url_is_that_of_the_domain_once_it_leads_there(plan, answers, url, context_of):
    context = context_of()
    assert url_of(AWS, context.environment, outputs_of(plan), answers=answers) == url
    local = Target("local", endpoint="http://127.0.0.1:4610")
    assert url_of(local, context.environment, outputs_of(plan)) == "http://prod.notes.localhost:4610/"


@pytest.mark.parametrize("leads", [True, False])
def test_the_domain_is_visited_only_where_dns_leads_to_it(leads, context_of, monkeypatch):
    monkeypatch.setattr("engine.domain.dns.leads_to", lambda name, there: leads)
    context = context_of(found_of(HOSTED, ISSUED), outputs_of(DomainPlan(HOSTED, HOSTED)))
    url = asyncio.run(visited(context))
    assert url == ("https://example.com/" if leads else f"https://{DISTRIBUTION}/")


def test_records_to_set_are_told_until_they_are_there(context_of, events):
    tell(context_of(found_of(ELSEWHERE, PENDING)))
    (warned,) = events
    for record in (PROOF, Record("example.com", "ALIAS", DISTRIBUTION)):
        assert str(record) in warned.message
    assert "the next deployment then attaches it" in warned.message
    events.clear()
    tell(context_of(found_of(ELSEWHERE, ISSUED, answers=True)))
    tell(context_of(found_of(HOSTED, ISSUED)))
    tell(context_of(found_of(ELSEWHERE, PENDING), target=Target("local", endpoint="http://127.0.0.1:1")))
    assert events == []


def test_a_certificate_that_takes_its_time_in_a_hosted_zone_is_told(context_of, events):
    tell(context_of(found_of(HOSTED, PENDING)))
    assert "is pending validation" in events[0].message
    assert "name servers" in events[0].hint


class Steps:
    """What `attached` calls, with the look-ups that follow one another."""

    def __init__(self, monkeypatch, *answers):
        self.answers, self.provisioned, self.slept = list(answers), 0, 0
        monkeypatch.setattr(attaching, "looked_up_again", self.look_up)
        monkeypatch.setattr(attaching, "provisioned", self.provision)
        monkeypatch.setattr(attaching.asyncio, "sleep", self.sleep)

    async def look_up(self, context):
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return dataclasses.replace(context, domain=found)

    async def provision(self, context):
        self.provisioned += 1
        return context

    async def sleep(self, seconds):
        self.slept += 1


def test_in_a_hosted_zone_it_waits_for_the_certificate_and_attaches_it(context_of, monkeypatch):
    pending = found_of(HOSTED, PENDING)
    steps = Steps(monkeypatch, pending, pending, found_of(HOSTED, ISSUED))
    assert asyncio.run(attached(context_of(pending))).domain.finished
    assert (steps.slept, steps.provisioned) == (2, 1)


def test_where_dns_is_elsewhere_it_waits_for_nobody(context_of, monkeypatch):
    steps = Steps(monkeypatch, found_of(ELSEWHERE, PENDING))
    assert not asyncio.run(attached(context_of(found_of(ELSEWHERE, PENDING)))).domain.finished
    assert (steps.slept, steps.provisioned) == (0, 0)


def test_its_patience_ends(context_of, monkeypatch):
    monkeypatch.setattr(attaching, "_PATIENCE", 0.0)
    steps = Steps(monkeypatch, found_of(HOSTED, PENDING))
    assert not asyncio.run(attached(context_of(found_of(HOSTED, PENDING)))).domain.finished
    assert (steps.slept, steps.provisioned) == (0, 0)


def test_what_another_deployment_did_meanwhile_is_looked_up(context_of, monkeypatch):
    other = found_of(HOSTED, ISSUED)

    async def look_up(environment, target, record, clients):
        return other

    monkeypatch.setattr(module, "looked_up", look_up)
    stale = context_of(found_of(HOSTED, PENDING), outputs_of(DomainPlan(HOSTED, HOSTED)))
    assert asyncio.run(up_to_date(stale)).plan.domain == other.plan


class Pulumi:
    """Refuses a distribution with the names, as AWS does where another account has them."""

    def __init__(self, monkeypatch, message="edge-distribution: CNAMEAlreadyExists: One or more ..."):
        self.tried, self.message = [], message
        monkeypatch.setattr(provision, "operate", self.operate)
        monkeypatch.setattr(provision, "save", lambda state, record: None)

    async def operate(self, context, operation, **options):
        self.tried.append(context.plan.domain.live)
        if context.plan.domain.live == HOSTED:
            raise ProvisionError("failed", details=(self.message,))
        return Provisioned(outputs=outputs_of(context.plan.domain), changes=())


def test_a_name_that_another_account_has_stops_no_deployment(context_of, events, monkeypatch):
    pulumi = Pulumi(monkeypatch)
    outputs = outputs_of(DomainPlan(HOSTED))
    context = context_of(found_of(HOSTED, ISSUED, seen=outputs["domain"]), outputs)
    done = asyncio.run(provision.provisioned(context))
    assert pulumi.tried == [HOSTED, None]
    assert done.record.digest == done.plan.digest != context.plan.digest
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert warned.message == "example.com is taken in another AWS account"
    assert "Amplify" in warned.hint
    assert asyncio.run(attached(done)) is done  # nothing is tried twice


def test_any_other_trouble_stops_it(context_of, monkeypatch):
    Pulumi(monkeypatch, "edge-distribution: AccessDenied")
    outputs = outputs_of(DomainPlan(HOSTED))
    with pytest.raises(ProvisionError):
        asyncio.run(
            provision.provisioned(context_of(found_of(HOSTED, ISSUED, seen=outputs["domain"]), outputs))
        )
