"""Take into Pulumi's state what a killed deployment created but did not record.

``pulumi refresh --import-pending-creates`` does not do it on a self-managed backend: CLI 3.259.0 marks the
operations as ``importing`` (pkg/cmd/pulumi/operations/refresh.go) and nothing in it acts on that mark; the
refresh drops them, and the next ``up`` collides with the names. So the state is edited: ``stack export``,
:func:`adopt`, ``stack import``, ``refresh`` (which reads the outputs).
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.provision.retained import Retained

Export = dict[str, Any]

# What Pulumi says in the place of a text that a preview does not know (sdk/go/common/resource/plugin/rpc.go).
_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def adopt(export: Export, ids: Mapping[str, str]) -> Export:
    """An export of a stack in which no creation is pending; the one given stays as it is.

    ``ids`` maps the URN of a pending creation to the id of what it made (see
    :func:`engine.provision.find.find`). Such a resource joins the others, after all that it depends on; a
    pending creation without an id made nothing, and is forgotten.
    """
    deployment = export["deployment"]
    recorded = list(deployment.get("resources") or [])
    known = {resource["urn"] for resource in recorded if not resource.get("delete")}
    kept = []
    for operation in deployment.get("pending_operations") or []:
        resource = operation["resource"]
        if operation["type"] != "creating":
            kept.append(operation)
        elif resource["urn"] in ids and resource["urn"] not in known:
            recorded.append({**resource, "id": ids[resource["urn"]]})
            known.add(resource["urn"])
    return {**export, "deployment": {**deployment, "resources": recorded, "pending_operations": kept}}


def with_retained(export: Export, found: Iterable[Retained]) -> Export:
    """An export of a stack that has the resources that are ``found`` at AWS; the one given stays as it is.

    ``pulumi import`` would do it, but wants a language plugin. Outputs, and inputs that the preview did not
    know, are left for ``refresh`` to read.
    """
    deployment = export["deployment"]
    resources = list(deployment.get("resources") or [])
    for one in found:
        urns = {resource["urn"]: resource for resource in resources}
        if one.planned.stack not in urns:
            resources.insert(0, {"urn": one.planned.stack, "custom": False, "type": _type(one.planned.stack)})
        provider, _, _ = one.planned.provider.rpartition("::")
        if provider not in urns:
            made = {"urn": provider, "custom": True, "id": str(uuid.uuid4()), "type": _type(provider)}
            urns[provider] = made
            resources.insert(1, made)
        resources.append(_resource(one, f"{provider}::{urns[provider]['id']}"))
    return {**export, "deployment": {**deployment, "resources": resources}}


def _resource(found: Retained, provider: str) -> dict[str, Any]:
    planned = found.planned
    known = {name: value for name, value in planned.inputs.items() if _UNKNOWN not in json.dumps(value)}
    return {
        "urn": planned.urn,
        "custom": True,
        "id": found.id,
        "type": planned.type,
        "inputs": known,
        "outputs": known,
        "parent": planned.parent,
        "provider": provider,
        "retainOnDelete": True,
    }


def _type(urn: str) -> str:
    return urn.split("::")[2].rpartition("$")[2]
