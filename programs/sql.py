"""SQL databases: a cluster of Aurora with one serverless instance, and who may reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from programs.linked import Grant, Linked
from programs.network import let_in, security_group
from programs.options import options

if TYPE_CHECKING:
    from engine.spec.backend.sql import Sql
    from programs.linked import Links
    from programs.scope import Scope

_ENGINE = "aurora-postgresql"
_PORT = 5432
_BACKUP_DAYS = 35
_DATA = ("ExecuteStatement", "BatchExecuteStatement", "BeginTransaction", "CommitTransaction")


def sql(scope: Scope, linked: Links) -> dict[str, Linked]:
    """The databases of the spec by their names."""
    return {name: _database(scope, name, wanted) for name, wanted in scope.backend.spec.sql.items()}


def _database(scope: Scope, name: str, wanted: Sql) -> Linked:
    logical = f"sql-{name}"
    clients = security_group(scope, f"{logical}-clients", "may reach the database", scope.stateful())
    network = security_group(scope, f"{logical}-network", "the database", scope.stateful(), out=False)
    let_in(f"{logical}-let-in", network, clients, _PORT)
    cluster = _cluster(scope, name, wanted, network)
    aws.rds.ClusterInstance(
        f"{logical}-instance",
        identifier=scope.name("sql", f"{name}-instance"),
        cluster_identifier=cluster.id,
        instance_class="db.serverless",
        engine=_ENGINE,
        publicly_accessible=False,
        tags=scope.plan.tags,
        opts=options(parent=cluster),
    )
    return _linked(wanted, cluster, clients)


def _cluster(scope: Scope, name: str, wanted: Sql, network: aws.ec2.SecurityGroup) -> aws.rds.Cluster:
    # What the cluster is in stays where the cluster stays.
    subnets = aws.rds.SubnetGroup(
        f"sql-{name}-subnets",
        name=scope.name("sql", name),
        subnet_ids=list(scope.vpc.subnets),
        tags=scope.plan.tags,
        opts=scope.stateful(),
    )
    return aws.rds.Cluster(
        f"sql-{name}",
        cluster_identifier=scope.name("sql", name),
        engine=_ENGINE,
        engine_mode="provisioned",
        engine_version=wanted.version,
        database_name=wanted.database,
        master_username="postgres",
        manage_master_user_password=True,
        storage_encrypted=True,
        db_subnet_group_name=subnets.name,
        vpc_security_group_ids=[network.id],
        serverlessv2_scaling_configuration=_capacity(wanted),
        enable_http_endpoint=wanted.data_api,
        backup_retention_period=_BACKUP_DAYS if scope.backend.backups else 1,
        copy_tags_to_snapshot=True,
        deletion_protection=scope.backend.protect,
        # What a deployment changes is changed when it ends, another major version too, not some night later.
        apply_immediately=True,
        allow_major_version_upgrade=True,
        # It goes only where `protect`, `retain` and the guard of replacements all let it.
        skip_final_snapshot=True,
        tags=scope.plan.tags,
        opts=scope.stateful(),
    )


def _capacity(wanted: Sql) -> aws.rds.ClusterServerlessv2ScalingConfigurationArgs:
    return aws.rds.ClusterServerlessv2ScalingConfigurationArgs(
        min_capacity=wanted.min_capacity,
        max_capacity=wanted.max_capacity,
        seconds_until_auto_pause=None if wanted.min_capacity else wanted.pause_minutes * 60,
    )


def _linked(wanted: Sql, cluster: aws.rds.Cluster, clients: aws.ec2.SecurityGroup) -> Linked:
    secret = cluster.master_user_secrets[0].secret_arn
    password = Grant(("secretsmanager:GetSecretValue",), (secret,))
    actions = tuple(f"rds-data:{name}" for name in (*_DATA, "RollbackTransaction"))
    return Linked(
        arn=cluster.arn,
        outputs={
            "host": cluster.endpoint,
            "port": str(_PORT),
            "database": wanted.database,
            "secret_arn": secret,
            "cluster_arn": cluster.arn,
        },
        grants={
            "connect": (password,),
            "data": (Grant(actions, (cluster.arn,)), password) if wanted.data_api else (),
        },
        clients=clients.id,
    )
