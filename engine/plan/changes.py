"""What a deployment would do to each resource, and what of it a guard must stop."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import GuardError

# What these types hold is lost with them.
STATEFUL_TYPES = frozenset(
    {
        "aws:s3/bucket:Bucket",
        "aws:cloudfront/keyValueStore:KeyValueStore",
        "aws:cognito/identityPool:IdentityPool",
        "aws:cognito/userGroup:UserGroup",
        "aws:cognito/userPool:UserPool",
        "aws:dynamodb/table:Table",
        "aws:rds/cluster:Cluster",
        "aws:sqs/queue:Queue",
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """One resource of a preview. ``operation``: create, update, replace, delete or same; ``keys`` the
    properties that differ.
    """

    operation: str
    type: str
    name: str
    urn: str
    keys: tuple[str, ...] = ()


def guard(changes: tuple[Change, ...], *, allow_replace: bool) -> None:
    """Refuse to delete or replace what holds data.

    Raises GuardError with the list, unless ``allow_replace``.
    """
    lost = [change for change in changes if loses_data(change)]
    if lost and not allow_replace:
        raise GuardError(
            f"this deployment would {_verbs(lost)} what holds data",
            hint="Read the list. If the data may go: --allow-replace, or allow_replace: true in the policy.",
            details=tuple(f"{c.operation} {c.name} ({c.type}) {', '.join(c.keys)}".rstrip() for c in lost),
        )


def loses_data(change: Change) -> bool:
    """Whether the change takes away what holds data."""
    return change.operation in ("delete", "replace") and change.type in STATEFUL_TYPES


def _verbs(changes: list[Change]) -> str:
    return " or ".join(sorted({change.operation for change in changes}))
