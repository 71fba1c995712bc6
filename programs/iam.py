"""Roles that may do what somebody asked for by name, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.options import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from programs.linked import Grant
    from programs.scope import Scope


def service_role(
    scope: Scope,
    logical: str,
    service: str,
    grants: Iterable[Grant],
    *,
    only: Mapping[str, Mapping[str, str]] | None = None,
) -> aws.iam.Role:
    """The role ``<logical>-role`` that an AWS ``service`` takes on, with one policy of these ``grants``.

    ``only``: the condition under which it may.
    """
    allowed = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    trust = {
        "Version": "2012-10-17",
        "Statement": [{**allowed, **({"Condition": only} if only else {})}],
    }
    role = aws.iam.Role(
        f"{logical}-role",
        name=scope.name("role", logical),
        assume_role_policy=json.dumps(trust),
        tags=scope.plan.tags,
        opts=options(),
    )
    allow(f"{logical}-policy", role, grants)
    return role


def allow(
    logical: str, role: aws.iam.Role, grants: Iterable[Grant], *, name: str = "grants"
) -> aws.iam.RolePolicy | None:
    """A policy of ``role``, called ``name`` there; none where nothing is granted."""
    statements = [
        {"Effect": "Allow", "Action": list(grant.actions), "Resource": list(grant.resources)}
        for grant in grants
    ]
    return allow_statements(logical, role, statements, name=name) if statements else None


def allow_statements(
    logical: str, role: aws.iam.Role, statements: Sequence[Mapping[str, object]], *, name: str
) -> aws.iam.RolePolicy:
    """A policy of ``role`` with these statements, for those that need a condition."""
    return aws.iam.RolePolicy(
        logical,
        name=name,
        role=role.name,
        policy=pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": statements}),
        opts=pulumi.ResourceOptions(parent=role),
    )
