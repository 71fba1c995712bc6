"""Who has a name already: another distribution, or a record of the hosted zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.domain.refusals import explained
from engine.errors import GuardError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESSES = ("A", "AAAA", "CNAME")


def refuse_taken(cloudfront: Any, names: tuple[str, ...], distribution: str) -> None:
    """Raises GuardError where another distribution than ``distribution`` (an id, or "") answers for one of
    the names: in this account by its list, in others as far as CloudFront tells.
    """
    with explained("cloudfront:ListDistributions", "(nothing)"):
        taken = list(_in_this_account(cloudfront, names, distribution))
    taken += _in_other_accounts(cloudfront, names, distribution) if distribution and not taken else []
    if taken:
        raise GuardError(
            f"{taken[0].partition(' ')[0]} is taken by another distribution",
            hint="Take the name from it (`domain` of its environment, or `aliases`), or choose another. To "
            "move a name without an interruption: `aws cloudfront associate-alias`.",
            details=tuple(taken),
        )


def refuse_recorded(route53: Any, names: tuple[str, ...], zones: tuple[str, ...], target: str) -> None:
    """Raises GuardError where a hosted zone leads one of the names to anything but ``target``, the host name
    of the environment's distribution.
    """
    found = [
        f"{name}  {record['Type']}  {_leads_to(record)}  (hosted zone {zone})"
        for name, zone in zip(names, zones, strict=True)
        if zone
        for record in _records(route53, name, zone)
        if not target or _leads_to(record) != target
    ]
    if found:
        raise GuardError(
            f"{found[0].partition(' ')[0]} leads elsewhere already, by a record of its hosted zone",
            hint="Delete the record; or say `zone: none` beside `domain`: then the environment is made ready "
            "and `windlass domain` says what to change the record to.",
            details=tuple(found),
        )


def _in_this_account(cloudfront: Any, names: tuple[str, ...], own: str) -> Iterator[str]:
    for page in cloudfront.get_paginator("list_distributions").paginate():
        for one in page["DistributionList"].get("Items", []):
            for name in set(one.get("Aliases", {}).get("Items", [])) & set(names):
                if one["Id"] != own:
                    yield f"{name} is of the distribution {one['Id']} ({one.get('Comment') or 'no comment'})"


def _in_other_accounts(cloudfront: Any, names: tuple[str, ...], own: str) -> list[str]:
    """What ListConflictingAliases tells.

    It wants a distribution that has a certificate for the name, which ours has only where names were live
    before; so a refusal tells nothing.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    found = []
    for name in names:
        try:
            answer = cloudfront.list_conflicting_aliases(DistributionId=own, Alias=name)
        except (BotoCoreError, ClientError):
            continue
        for one in answer["ConflictingAliasesList"].get("Items", []):
            if one["Alias"] == name and one["DistributionId"] != own:
                who = f"{one['DistributionId']} of the account {one['AccountId']}"
                found.append(f"{name} is of the distribution {who}")
    return found


def _records(route53: Any, name: str, zone: str) -> Iterator[dict[str, Any]]:
    with explained("route53:ListResourceRecordSets", "zone: none"):
        answer = route53.list_resource_record_sets(HostedZoneId=zone, StartRecordName=name, MaxItems="10")
    for record in answer["ResourceRecordSets"]:
        if record["Name"].rstrip(".") == name and record["Type"] in _ADDRESSES:
            yield record


def _leads_to(record: dict[str, Any]) -> str:
    if alias := record.get("AliasTarget"):
        return str(alias["DNSName"]).rstrip(".").lower()
    return ", ".join(one["Value"].rstrip(".") for one in record.get("ResourceRecords", []))
