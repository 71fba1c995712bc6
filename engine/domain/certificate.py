"""A certificate of AWS Certificate Manager as it is now, and the one that the previews of an app share.

Why the previews share one: it is validated once (minutes, or a person who sets a record), and an account
may request some thousands of certificates a year only
(https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html). It costs nothing and outlives them.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import Any

ISSUED = "ISSUED"
PENDING = "PENDING_VALIDATION"
NOT_REQUESTED = "NOT_REQUESTED"
_RECORDS_WITHIN = 20.0  # seconds in which AWS tells the records after a request


@dataclass(frozen=True, slots=True)
class Record:
    """A DNS record that somebody has to set."""

    name: str
    type: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}  {self.type}  {self.value}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """``status`` is ACM's (ISSUED, PENDING_VALIDATION, FAILED, ...) or NOT_REQUESTED; ``records`` prove the
    names.
    """

    arn: str = ""
    status: str = NOT_REQUESTED
    records: tuple[Record, ...] = ()

    @property
    def dead(self) -> bool:
        """Whether it was requested and can never be used (again)."""
        return self.status not in (ISSUED, PENDING, NOT_REQUESTED)


def described(acm: Any, arn: str) -> Certificate:
    """The certificate ``arn``; one that somebody deleted has the status DELETED. Raises ClientError."""
    try:
        found = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    except acm.exceptions.ResourceNotFoundException:
        return Certificate(arn, "DELETED")
    options = found.get("DomainValidationOptions", [])
    told = [one["ResourceRecord"] for one in options if "ResourceRecord" in one]
    records = dict.fromkeys(Record(r["Name"].rstrip("."), r["Type"], r["Value"].rstrip(".")) for r in told)
    return Certificate(arn, str(found["Status"]), tuple(records))


def shared(acm: Any, wildcard: str) -> Certificate:
    """The best certificate of the account whose first name is ``wildcard``: one that is issued, else one that
    will be. Raises ClientError.
    """
    pages = acm.get_paginator("list_certificates").paginate(CertificateStatuses=[ISSUED, PENDING])
    found = [one for page in pages for one in page["CertificateSummaryList"] if one["DomainName"] == wildcard]
    if not found:
        return Certificate()
    best = min(found, key=lambda one: (one.get("Status") != ISSUED, one["CertificateArn"]))
    return described(acm, str(best["CertificateArn"]))


def request_shared(acm: Any, wildcard: str, tags: dict[str, str]) -> Certificate:
    """Request the certificate for ``wildcard``; two at once get the same one. Raises ClientError."""
    token = hashlib.sha256(wildcard.encode()).hexdigest()[:32]
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    answer = acm.request_certificate(
        DomainName=wildcard, ValidationMethod="DNS", IdempotencyToken=token, Tags=listed
    )
    until = time.monotonic() + _RECORDS_WITHIN
    while True:
        found = described(acm, str(answer["CertificateArn"]))
        if found.records or time.monotonic() > until:
            return found
        time.sleep(1)


def prove_shared(route53: Any, certificate: Certificate, zone: str) -> None:
    """Set the records that prove the names of a shared certificate. Raises ClientError."""
    changes = [
        {
            "Action": "UPSERT",
            "ResourceRecordSet": {
                "Name": record.name,
                "Type": record.type,
                "TTL": 300,
                "ResourceRecords": [{"Value": record.value}],
            },
        }
        for record in certificate.records
    ]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
