"""Everything the plan has to know of an environment's names, asked at the same time."""

from __future__ import annotations

import asyncio
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.domain.certificate import ISSUED, Certificate, Record, described, shared
from engine.domain.conflicts import refuse_recorded, refuse_taken
from engine.domain.dns import leads_to
from engine.domain.names import registrable
from engine.domain.refusals import explained
from engine.domain.state import domain_state
from engine.domain.zones import zones_of
from engine.plan.domain import DomainPlan, NamesPlan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.clients import Clients
    from engine.domain.names import Domain
    from engine.domain.state import DomainState
    from engine.target import Target

CERTIFICATE_REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class Found:
    """``plan`` follows from what was found; ``certificate`` is that of the wanted names. ``answers`` says
    whether DNS leads the canonical name to the distribution, ``seen`` is what the stack told of the domain,
    ``taken`` that AWS refused the names.
    """

    domain: Domain
    plan: DomainPlan
    certificate: Certificate
    distribution: str = ""
    answers: bool = False
    seen: str = ""
    taken: bool = False

    @property
    def finished(self) -> bool:
        """Whether the distribution answers, or will with this plan, for what the spec asks for."""
        return self.plan.live == self.plan.wanted

    @property
    def records(self) -> tuple[Record, ...]:
        """The records that somebody has to set elsewhere: to prove the names, and to lead them here."""
        wanted = self.plan.wanted
        if wanted.hosted:
            return ()
        proofs = () if self.certificate.status == ISSUED else self.certificate.records
        led = [name for name, zone in zip(wanted.names, wanted.zones, strict=True) if not zone]
        leading = tuple(Record(name, self._kind(name), self.distribution) for name in led)
        return (*proofs, *leading) if self.distribution and not self.answers else proofs

    def _kind(self, name: str) -> str:
        # A CNAME cannot stand beside the SOA and NS records of a domain itself (RFC 1912, 2.4).
        return "ALIAS" if registrable(name) else "CNAME"


class LookUp:
    """Asks AWS and DNS about the names of one environment; ``outputs`` are the stack's, empty at first."""

    def __init__(self, clients: Clients, target: Target, domain: Domain, outputs: Mapping[str, str]) -> None:
        self._clients = clients
        self._target = target
        self._domain = domain
        self._outputs = outputs
        self._state = domain_state(outputs)

    async def __call__(self) -> Found:
        """What there is.

        Raises GuardError for a name that something else has, UsageError for a zone that does not fit,
        PrerequisiteError where AWS refuses a look.
        """
        zones, certificate, answers, _ = await asyncio.gather(
            asyncio.to_thread(self._zones),
            asyncio.to_thread(self._certificate),
            asyncio.to_thread(self._answers),
            asyncio.to_thread(self._refuse_taken),
        )
        wanted = self._wanted(zones, certificate)
        if self._live != wanted.names:
            await asyncio.to_thread(
                refuse_recorded, self._client("route53"), wanted.names, zones, self._distribution
            )
        live = wanted if certificate.status == ISSUED else self._state.plan.live if self._state else None
        plan, seen = DomainPlan(wanted, live), self._outputs.get("domain", "")
        return Found(self._domain, plan, certificate, self._distribution, answers, seen)

    def _wanted(self, zones: tuple[str, ...], certificate: Certificate) -> NamesPlan:
        domain = self._domain
        if domain.wildcard:
            return NamesPlan(domain.names, zones, own=False, certificate=certificate.arn)
        before = self._requested(self._state)
        attempt = (before.attempt + certificate.dead) if before else 0
        return NamesPlan(domain.names, zones, attempt=attempt)

    def _zones(self) -> tuple[str, ...]:
        return zones_of(self._client("route53"), self._domain.names, self._domain.zone)

    def _certificate(self) -> Certificate:
        with explained("acm:DescribeCertificate and acm:ListCertificates", "(nothing)"):
            if self._domain.wildcard:
                return shared(self._client("acm"), self._domain.wildcard)
            if self._state and self._requested(self._state):
                return described(self._client("acm"), self._state.certificate)
        return Certificate()

    def _requested(self, state: DomainState | None) -> NamesPlan | None:
        """What was requested before for the same names, None where nothing was."""
        if state is None or not state.plan.wanted.own or state.plan.wanted.names != self._domain.names:
            return None
        return state.plan.wanted

    def _answers(self) -> bool:
        if self._target.kind == "local" or not self._distribution:
            return False
        return leads_to(self._domain.name, self._distribution)

    def _refuse_taken(self) -> None:
        """Of live names nobody else can have one: CloudFront sees to that."""
        names = tuple(name for name in self._domain.names if name not in self._live)
        if names:
            refuse_taken(self._client("cloudfront"), names, self._outputs.get("distribution_id", ""))

    @property
    def _live(self) -> tuple[str, ...]:
        return self._state.plan.live.names if self._state and self._state.plan.live else ()

    @property
    def _distribution(self) -> str:
        return self._outputs.get("distribution_domain", "")

    def _client(self, service: str) -> Any:
        there = dataclasses.replace(self._target, region=CERTIFICATE_REGION)
        return self._clients.get(there if service == "acm" else self._target, service)
