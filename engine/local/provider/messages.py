"""Plain values as messages of provider.proto, and what a URN tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import grpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from engine.local.provider.naming import Naming
from engine.local.provider.values import Values, to_struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.local.provider.check import Failure
    from engine.local.provider.diff import Change
    from engine.local.provider.lifecycle import Creation
    from engine.local.provider.resource import Resource


def type_of(urn: str) -> str:
    """``urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`` -> TYPE."""
    return urn.split("::")[2].rpartition("$")[2]


def short(urn: str) -> str:
    """``aws:s3/bucket:Bucket site-bucket``: a URN as people need it."""
    parts = urn.split("::")
    return f"{type_of(urn)} {parts[3]}" if len(parts) > 3 else urn


def naming(request: provider_pb2.CheckRequest) -> Naming:
    """How the engine wants a resource without a name to be named."""
    wish = request.autonaming
    return Naming(
        name=request.urn.rpartition("::")[2],
        seed=request.randomSeed,
        proposal=wish.proposed_name if request.HasField("autonaming") else "",
        allowed=wish.mode != provider_pb2.CheckRequest.AutonamingOptions.DISABLE,
    )


def failures(wrong: Iterable[Failure]) -> list[provider_pb2.CheckFailure]:
    """What is wrong, as messages."""
    return [provider_pb2.CheckFailure(property=one.property, reason=one.reason) for one in wrong]


def changed(differs: bool) -> provider_pb2.DiffResponse.DiffChanges.ValueType:
    """Whether there is a difference, as the engine reads it."""
    return provider_pb2.DiffResponse.DIFF_SOME if differs else provider_pb2.DiffResponse.DIFF_NONE


def diff_response(found: list[Change], resource: Resource, *, first: bool) -> provider_pb2.DiffResponse:
    """The answer to Diff; ``first``: the old one must be deleted before it is replaced."""
    tops = {str(change.path[0]): change.replaces for change in found}
    return provider_pb2.DiffResponse(
        changes=changed(bool(found)),
        diffs=list(tops),
        replaces=[name for name, replaces in tops.items() if replaces],
        stables=list(resource.stable),
        deleteBeforeReplace=first,
        detailedDiff={str(change): _property_diff(change) for change in found},
        hasDetailedDiff=True,
    )


def _property_diff(change: Change) -> provider_pb2.PropertyDiff:
    name = f"{change.kind.upper()}_REPLACE" if change.replaces else change.kind.upper()
    return provider_pb2.PropertyDiff(kind=provider_pb2.PropertyDiff.Kind.Value(name), inputDiff=True)


@dataclass(frozen=True)
class _Status(grpc.Status):
    code: grpc.StatusCode
    details: str
    trailing_metadata: tuple[tuple[str, bytes], ...]


def half_made(request: provider_pb2.CreateRequest, made: Creation, inputs: Values) -> grpc.Status:
    """The error that tells the engine the id all the same (ErrorResourceInitFailed of errors.proto)."""
    failed = provider_pb2.ErrorResourceInitFailed(
        id=made.identity,
        properties=to_struct(made.outputs),
        inputs=to_struct(inputs),
        reasons=made.reasons,
    )
    message = f"{short(request.urn)} was created, but is not complete: {'; '.join(made.reasons)}"
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=message)
    status.details.add().Pack(failed)
    return _Status(
        grpc.StatusCode.UNKNOWN, message, (("grpc-status-details-bin", status.SerializeToString()),)
    )
