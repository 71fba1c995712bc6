"""DynamoDB tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.linked import Grant, Linked

if TYPE_CHECKING:
    from engine.spec.backend.database import Index, Table
    from programs.linked import Links
    from programs.scope import Scope

_TYPES = {"string": "S", "number": "N", "binary": "B"}
_STREAMS = {"new": "NEW_IMAGE", "old": "OLD_IMAGE", "both": "NEW_AND_OLD_IMAGES", "keys": "KEYS_ONLY"}
_PROJECTIONS = {"all": "ALL", "keys": "KEYS_ONLY"}

_READ = ("GetItem", "BatchGetItem", "Query", "Scan", "DescribeTable", "ConditionCheckItem")
_WRITE = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")
_STREAM = ("GetRecords", "GetShardIterator", "DescribeStream", "ListStreams")


def database(scope: Scope, linked: Links) -> dict[str, Linked]:
    """The tables of the spec by their names."""
    return {name: _linked(_table(scope, name, table)) for name, table in scope.backend.spec.database.items()}


def _table(scope: Scope, name: str, table: Table) -> aws.dynamodb.Table:
    stream = table.stream or ("both" if _is_watched(scope, name) else None)
    return aws.dynamodb.Table(
        f"database-{name}",
        name=scope.name("database", name),
        attributes=[
            aws.dynamodb.TableAttributeArgs(name=key.name, type=_TYPES[key.type]) for key in table.keys
        ],
        hash_key=table.partition_key.name,
        range_key=table.sort_key.name if table.sort_key else None,
        global_secondary_indexes=[_index(table, name, index) for name, index in table.indexes.items()]
        or None,
        billing_mode="PROVISIONED" if table.capacity else "PAY_PER_REQUEST",
        read_capacity=table.capacity.read if table.capacity else None,
        write_capacity=table.capacity.write if table.capacity else None,
        stream_enabled=bool(stream),
        stream_view_type=_STREAMS[stream] if stream else None,
        ttl=aws.dynamodb.TableTtlArgs(attribute_name=table.ttl, enabled=True) if table.ttl else None,
        point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(enabled=scope.backend.backups),
        deletion_protection_enabled=scope.backend.protect,
        tags=scope.plan.tags,
        opts=scope.stateful(),
    )


def _index(table: Table, name: str, index: Index) -> aws.dynamodb.TableGlobalSecondaryIndexArgs:
    return aws.dynamodb.TableGlobalSecondaryIndexArgs(
        name=name,
        hash_key=index.partition_key.name,
        range_key=index.sort_key.name if index.sort_key else None,
        projection_type=_PROJECTIONS[index.projection],
        read_capacity=table.capacity.read if table.capacity else None,
        write_capacity=table.capacity.write if table.capacity else None,
    )


def _is_watched(scope: Scope, name: str) -> bool:
    functions = scope.backend.spec.functions.values()
    return any(trigger.table == name for function in functions for trigger in function.triggers)


def _linked(table: aws.dynamodb.Table) -> Linked:
    items = (table.arn, pulumi.Output.concat(table.arn, "/index/*"))
    return Linked(
        arn=table.arn,
        outputs={"table": table.name},
        grants={
            "read": (Grant(_actions(_READ), items),),
            "write": (Grant(_actions(_WRITE), (table.arn,)),),
            "stream": (Grant(_actions(_STREAM), (pulumi.Output.concat(table.arn, "/stream/*"),)),),
        },
        stream=table.stream_arn,
    )


def _actions(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"dynamodb:{name}" for name in names)
