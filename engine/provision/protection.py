"""What Pulumi protects and keeps: found in its refusals, and given up where somebody allowed it.

Pulumi stops a preview at the first protected resource that would go, before the guard could say what all of
it is about. So the protection is lifted in the state and put back where the guard refuses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Export = dict[str, Any]

_URN = r'"(?:urn:pulumi:[^"]+)"'
_REFUSED = re.compile(
    rf"({_URN}) cannot be (?:deleted|replaced)|unable to (?:replace|delete) resource ({_URN})"
)


def refused(lines: Iterable[str]) -> frozenset[str]:
    """The URNs that Pulumi refuses to delete or replace because they are protected."""
    found = (match for line in lines for match in _REFUSED.findall(line.replace("\n", " ")))
    return frozenset((deleted or replaced).strip('"') for deleted, replaced in found)


def released(export: Export, urns: Collection[str]) -> Export:
    """The export of a stack in which these resources are neither protected nor retained."""
    deployment = export["deployment"]
    resources = [_released(resource, urns) for resource in deployment.get("resources") or []]
    return {**export, "deployment": {**deployment, "resources": resources}}


def kept(export: Export) -> frozenset[str]:
    """The URNs of the resources that outlive their stack."""
    resources = export["deployment"].get("resources") or []
    return frozenset(one["urn"] for one in resources if one.get("retainOnDelete"))


def _released(resource: dict[str, Any], urns: Collection[str]) -> dict[str, Any]:
    if resource["urn"] not in urns:
        return resource
    return {**resource, "protect": False, "retainOnDelete": False}
