"""Switch off what AWS itself protects from deletion, where somebody allowed that it goes.

Neither Pulumi nor the official provider does it: the deletion would fail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.target import Target, client

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from engine.provision.protection import Export


def unprotect(target: Target, export: Export, urns: Collection[str]) -> None:
    """Switch the protection of those of the ``urns`` off that have any. Raises botocore's ClientError."""
    for resource in export["deployment"].get("resources") or []:
        lift = _LIFTS.get(resource["type"])
        if lift and resource["urn"] in urns and resource.get("id"):
            lift(target, resource["id"])


def empty_buckets(target: Target, export: Export, urns: Collection[str]) -> None:
    """Empty the buckets for files among ``urns``: AWS deletes no other. Raises PublishError."""
    from engine.publish.empty import emptied

    for resource in export["deployment"].get("resources") or []:
        if resource["type"] == "aws:s3/bucket:Bucket" and resource["urn"] in urns and resource.get("id"):
            emptied(target, resource["id"])


def _table(target: Target, name: str) -> None:
    client(target, "dynamodb").update_table(TableName=name, DeletionProtectionEnabled=False)


def _user_pool(target: Target, identity: str) -> None:
    # It sets all else back to defaults, which is no loss to a pool that goes.
    client(target, "cognito-idp").update_user_pool(UserPoolId=identity, DeletionProtection="INACTIVE")


def _cluster(target: Target, name: str) -> None:
    client(target, "rds").modify_db_cluster(
        DBClusterIdentifier=name, DeletionProtection=False, ApplyImmediately=True
    )


_LIFTS: Mapping[str, Callable[[Target, str], None]] = {
    "aws:cognito/userPool:UserPool": _user_pool,
    "aws:dynamodb/table:Table": _table,
    "aws:rds/cluster:Cluster": _cluster,
}
