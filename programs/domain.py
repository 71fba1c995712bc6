"""The names under which the edge answers: certificates, the records that prove them, aliases."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from programs.options import options

if TYPE_CHECKING:
    from engine.plan.domain import DomainPlan, NamesPlan
    from engine.plan.model import Plan

# CloudFront takes certificates from there only, whatever the home region is:
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
CERTIFICATE_REGION = "us-east-1"
_TTL = 300
_OTHER, _CANONICAL = "other.invalid", "canonical.invalid"  # in programs/edge.js


@dataclass(frozen=True)
class Domain:
    """The certificates of the plan, by :attr:`NamesPlan.key`, and what the edge is to make of them."""

    plan: DomainPlan
    certificates: dict[str, aws.acm.Certificate] = field(default_factory=dict)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names that the distribution answers for."""
        return self.plan.live.names if self.plan.live else ()

    @property
    def viewer_certificate(self) -> aws.cloudfront.DistributionViewerCertificateArgs:
        """The certificate of the distribution: that of the live names, else CloudFront's own."""
        if self.plan.live is None:
            return own_certificate()
        return aws.cloudfront.DistributionViewerCertificateArgs(
            acm_certificate_arn=self.arn(self.plan.live),
            ssl_support_method="sni-only",
            minimum_protocol_version="TLSv1.2_2021",
        )

    def arn(self, names: NamesPlan) -> pulumi.Input[str]:
        """The ARN of the certificate for ``names``."""
        return self.certificates[names.key].arn if names.own else names.certificate

    def redirected(self, code: str) -> str:
        """The edge function's ``code``, knowing which name redirects to which."""
        if len(self.aliases) < 2:
            return code
        canonical, other = self.aliases
        return code.replace(_OTHER, other).replace(_CANONICAL, canonical)

    def lead_to(self, distribution: aws.cloudfront.Distribution) -> None:
        """Point the live names to ``distribution`` where their zones are here, and tell of what there is."""
        for name, zone in _zoned(self.plan.live):
            for suffix, kind in (("", "A"), ("-ipv6", "AAAA")):
                aws.route53.Record(
                    f"domain-alias-{name}{suffix}",
                    zone_id=zone,
                    name=name,
                    type=kind,
                    aliases=[
                        aws.route53.RecordAliasArgs(
                            name=distribution.domain_name,
                            zone_id=distribution.hosted_zone_id,
                            evaluate_target_health=False,
                        )
                    ],
                )
        wanted, live = self.plan.wanted, self.plan.live
        told = {
            "certificate": self.arn(wanted),
            "wanted": dataclasses.asdict(wanted),
            "live": dataclasses.asdict(live) if live else None,
        }
        pulumi.export("domain", pulumi.Output.json_dumps(told))


def domain(plan: Plan, wanted: DomainPlan) -> Domain:
    """The certificates of what is ``wanted`` and their records.

    Nothing waits for one to be issued: the names are live in the plan of a later run.
    """
    certificates = {names.key: _certificate(plan, names) for names in wanted.each if names.own}
    proven: set[str] = set()
    for names in wanted.each:
        if names.own:
            _validation(certificates[names.key], names, proven)
    return Domain(wanted, certificates)


def own_certificate() -> aws.cloudfront.DistributionViewerCertificateArgs:
    """CloudFront's own certificate, for ``*.cloudfront.net``."""
    return aws.cloudfront.DistributionViewerCertificateArgs(cloudfront_default_certificate=True)


def _certificate(plan: Plan, names: NamesPlan) -> aws.acm.Certificate:
    return aws.acm.Certificate(
        f"domain-certificate-{names.key}",
        domain_name=names.names[0],
        subject_alternative_names=list(names.names[1:]) or None,
        validation_method="DNS",
        region=CERTIFICATE_REGION,
        tags=plan.tags,
        opts=options(),
    )


def _validation(certificate: aws.acm.Certificate, names: NamesPlan, proven: set[str]) -> None:
    """The records that prove the names. A name has the same one for every certificate of an account, so one
    that is there already is taken over, and stays while any certificate needs it.
    """
    for name, zone in _zoned(names):
        if name in proven:
            continue
        proven.add(name)
        option = certificate.domain_validation_options.apply(_option_of(name))
        aws.route53.Record(
            f"domain-validation-{name}",
            zone_id=zone,
            name=option.apply(lambda one: one.resource_record_name.rstrip(".")),
            type="CNAME",
            ttl=_TTL,
            records=[option.apply(lambda one: one.resource_record_value)],
            allow_overwrite=True,
        )


def _option_of(name: str) -> Any:
    return lambda options: next(one for one in options if one.domain_name == name)


def _zoned(names: NamesPlan | None) -> list[tuple[str, str]]:
    """The names whose hosted zone is here, with its id."""
    return [pair for pair in zip(names.names, names.zones, strict=True) if pair[1]] if names else []
