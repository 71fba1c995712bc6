"""What is in the VPC of the policy: security groups, and functions that join it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.iam import allow_statements
from programs.linked import Grant
from programs.options import options

if TYPE_CHECKING:
    from engine.spec.backend.functions import Function
    from programs.linked import Links
    from programs.scope import Scope

# Lambda makes the interfaces with the function's own role, before there is anything to name.
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
_INTERFACES = (
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
)
JOIN = Grant(_INTERFACES, ("*",))


def joins(scope: Scope, function: Function) -> bool:
    """Whether the function is in the VPC: it says so, or connects to a database there."""
    return scope.backend.vpc is not None and (function.vpc or bool(_databases(function)))


def _databases(function: Function) -> list[str]:
    """The databases that it connects to."""
    return [use.resource for use in function.uses if use.kind == "sql" and "connect" in use.accesses]


def vpc_config(
    scope: Scope, linked: Links, logical: str, function: Function
) -> aws.lambda_.FunctionVpcConfigArgs:
    """The subnets of the policy; its security groups, and those of the databases that are used."""
    used = (linked[name].clients for name in _databases(function))
    groups: list[pulumi.Input[str]] = [*scope.vpc.security_groups, *(group for group in used if group)]
    if not groups:
        groups.append(security_group(scope, f"{logical}-network", "the function", options()).id)
    return aws.lambda_.FunctionVpcConfigArgs(subnet_ids=list(scope.vpc.subnets), security_group_ids=groups)


def only_lambda(logical: str, role: aws.iam.Role, arn: str) -> None:
    """Keep what Lambda needs to join the VPC from the code of the function ``arn`` itself."""
    condition = {"ArnEquals": {"lambda:SourceFunctionArn": [arn]}}
    denied = {"Effect": "Deny", "Action": list(_INTERFACES), "Resource": ["*"], "Condition": condition}
    allow_statements(f"{logical}-network-policy", role, [denied], name="network")


def security_group(
    scope: Scope, logical: str, description: str, opts: pulumi.ResourceOptions, *, out: bool = True
) -> aws.ec2.SecurityGroup:
    """A group that nothing comes into; what is in it may go ``out`` to everywhere."""
    group = aws.ec2.SecurityGroup(
        logical,
        name=scope.name("network", logical),
        description=f"Windlass: {description}",
        vpc_id=scope.vpc.id,
        tags=scope.plan.tags,
        opts=opts,
    )
    if out:
        aws.vpc.SecurityGroupEgressRule(
            f"{logical}-out",
            security_group_id=group.id,
            ip_protocol="-1",
            cidr_ipv4="0.0.0.0/0",
            opts=pulumi.ResourceOptions(parent=group),
        )
    return group


def let_in(logical: str, group: aws.ec2.SecurityGroup, source: aws.ec2.SecurityGroup, port: int) -> None:
    """Let what is in the group ``source`` reach ``group`` on one TCP port."""
    aws.vpc.SecurityGroupIngressRule(
        logical,
        security_group_id=group.id,
        referenced_security_group_id=source.id,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
        opts=pulumi.ResourceOptions(parent=group),
    )
