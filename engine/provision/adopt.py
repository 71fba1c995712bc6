"""Take into Pulumi's state what a killed deployment created but did not record.

``pulumi refresh --import-pending-creates`` does not do it on a self-managed backend: CLI 3.259.0 marks the
operations as ``importing`` (pkg/cmd/pulumi/operations/refresh.go) and nothing in it acts on that mark; the
refresh drops them, and the next ``up`` collides with the names. So the state is edited: ``stack export``,
:func:`adopt`, ``stack import``, ``refresh`` (which reads the outputs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Export = dict[str, Any]


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
