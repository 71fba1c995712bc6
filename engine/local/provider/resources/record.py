"""``aws:route53/record:Record``: plain records, and aliases of what AWS has.

https://www.pulumi.com/registry/packages/aws/api-docs/route53/record/ . The id is ``<zone>_<name>_<type>``, as
an import wants it. Name and HostedZoneId are createOnlyProperties of AWS::Route53::RecordSet in
CloudFormation; the type is part of the id. ``allowOverwrite`` takes over a record that is there already.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.local.provider.check import Failure
from engine.local.provider.fields import block, flag, items, text, whole
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_TYPES = ("A", "AAAA", "CNAME", "TXT")  # what Windlass has a use for
_ALIAS = {
    "name": text(required=True),
    "zoneId": text(required=True),
    "evaluateTargetHealth": flag(required=True),
}


def _check(inputs: Values) -> Iterator[Failure]:
    if bool(inputs.get("aliases")) == bool(inputs.get("records")):
        yield Failure("records", "exactly one of records and aliases must be given")
    if inputs.get("records") and inputs.get("ttl") is None:
        yield Failure("ttl", "records need a ttl")


def _create(cloud: Cloud, inputs: Values) -> str:
    _change(cloud, inputs["zoneId"], "UPSERT" if inputs.get("allowOverwrite") else "CREATE", _set(inputs))
    return f"{inputs['zoneId']}_{inputs['name']}_{inputs['type']}"


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    _change(cloud, inputs["zoneId"], "UPSERT", _set(inputs))


def _set(inputs: Values) -> Values:
    named = {"Name": inputs["name"], "Type": inputs["type"]}
    if alias := next(iter(inputs.get("aliases") or ()), None):
        target = {
            "DNSName": alias["name"],
            "HostedZoneId": alias["zoneId"],
            "EvaluateTargetHealth": alias["evaluateTargetHealth"],
        }
        return {**named, "AliasTarget": target}
    values = [{"Value": value} for value in inputs["records"]]
    return {**named, "TTL": inputs["ttl"], "ResourceRecords": values}


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found | None:
    zone, name, kind = _parts(identity)
    there = _found(cloud, zone, name, kind)
    if there is None:
        return None
    found = {"zoneId": zone, "name": name, "type": kind, "ttl": there.get("TTL")}
    if target := there.get("AliasTarget"):
        alias = {"name": _plain(target["DNSName"]), "zoneId": target["HostedZoneId"]}
        found["aliases"] = [{**alias, "evaluateTargetHealth": target["EvaluateTargetHealth"]}]
    else:
        found["records"] = [one["Value"] for one in there["ResourceRecords"]]
    return Found(found, {"fqdn": _plain(there["Name"])})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    zone, name, kind = _parts(identity)
    if there := _found(cloud, zone, name, kind):
        _change(cloud, zone, "DELETE", there)


def _parts(identity: str) -> tuple[str, str, str]:
    zone, _, rest = identity.partition("_")
    name, _, kind = rest.rpartition("_")
    return zone, name, kind


def _found(cloud: Cloud, zone: str, name: str, kind: str) -> Values | None:
    answer = _route53(cloud).list_resource_record_sets(
        HostedZoneId=zone, StartRecordName=name, StartRecordType=kind, MaxItems="1"
    )
    first: Values = next(iter(answer["ResourceRecordSets"]), {})
    same = bool(first) and (_plain(first["Name"]), first["Type"]) == (_plain(name), kind)
    return first if same else None


def _plain(name: str) -> str:
    """Without the dot of the root, and ``*`` as itself (Route 53 answers ``\\052``)."""
    return re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), name).rstrip(".").lower()


def _change(cloud: Cloud, zone: str, action: str, record: Values) -> None:
    change = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
    _route53(cloud).change_resource_record_sets(HostedZoneId=zone, ChangeBatch=change)


def _route53(cloud: Cloud) -> Any:
    return cloud.client("route53")


RECORD = Resource(
    type="aws:route53/record:Record",
    inputs={
        "zoneId": text(required=True, replaces=True),
        "name": text(required=True, replaces=True),
        "type": text(required=True, replaces=True, choices=_TYPES),
        "ttl": whole(span=(0, 2_147_483_647)),
        "records": items(text()),
        "aliases": items(block(_ALIAS)),
        "allowOverwrite": flag(default=False, local=True),
    },
    outputs=("fqdn",),
    stable=("fqdn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
    check=_check,
)
