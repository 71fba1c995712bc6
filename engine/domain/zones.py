"""Which Route 53 hosted zone of the account holds a name."""

from __future__ import annotations

from typing import Any

from engine.domain.refusals import explained
from engine.errors import UsageError

NOWHERE = "none"  # what the spec or policy says where DNS is elsewhere


def zones_of(route53: Any, names: tuple[str, ...], wanted: str = "") -> tuple[str, ...]:
    """The id of the hosted zone of each name; "" where the account has none.

    ``wanted`` is the id of a zone, or ``none`` (nobody is asked), or "" for the public zone whose name is the
    longest end of the name. Raises UsageError where there are two of that name, or ``wanted`` does not hold
    the names; PrerequisiteError where AWS refuses the look.
    """
    if wanted == NOWHERE:
        return ("",) * len(names)
    with explained("route53:GetHostedZone" if wanted else "route53:ListHostedZones", "zone: none"):
        if wanted:
            zones = {wanted: _name(route53.get_hosted_zone(Id=wanted)["HostedZone"])}
        else:
            pages = route53.get_paginator("list_hosted_zones").paginate()
            listed = [zone for page in pages for zone in page["HostedZones"]]
            zones = {_id(zone): _name(zone) for zone in listed if not zone["Config"].get("PrivateZone")}
    found = tuple(_best(zones, name) for name in names)
    if wanted and not all(found):
        raise UsageError(
            f"the hosted zone {wanted} ({zones[wanted]}) does not hold {names[found.index('')]}",
            hint="Name the zone of the domain, or leave `zone` out and let it be looked for.",
        )
    return found


def _best(zones: dict[str, str], name: str) -> str:
    fitting = {zone: end for zone, end in zones.items() if f".{name}".endswith(f".{end}")}
    longest = max(fitting.values(), key=len, default="")
    best = [zone for zone, end in fitting.items() if end == longest]
    if len(best) > 1:
        raise UsageError(
            f"there are {len(best)} public hosted zones {longest}: {', '.join(sorted(best))}",
            hint="Say `zone: ID` beside `domain`: the one whose name servers the registrar has.",
        )
    return best[0] if best else ""


def _id(zone: dict[str, Any]) -> str:
    return str(zone["Id"]).rpartition("/")[2]


def _name(zone: dict[str, Any]) -> str:
    return str(zone["Name"]).rstrip(".").lower()
