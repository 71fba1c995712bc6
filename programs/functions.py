"""Lambda functions: code, role, log group, and what they are called for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.iam import allow, service_role
from programs.linked import Grant, Linked, output_name
from programs.network import JOIN, joins, only_lambda, vpc_config
from programs.options import options
from programs.secrets import allow_key, handler, secret_grants, secret_variables
from programs.triggers import trigger_grants, triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.spec.backend.functions import Function
    from programs.linked import Links
    from programs.scope import Scope


def functions(scope: Scope, linked: Links) -> dict[str, Linked]:
    """The functions of the spec by their names."""
    made = {
        name: _function(scope, linked, name, function)
        for name, function in scope.backend.spec.functions.items()
    }
    triggers(scope, linked, made)
    return {name: _linked(function) for name, function in made.items()}


def function_arn(scope: Scope, name: str) -> str:
    """The ARN of a function before it is there, for what must name it in a circle."""
    plan = scope.plan
    return f"arn:aws:lambda:{plan.region}:{plan.account}:function:{scope.name('functions', name)}"


def _function(scope: Scope, linked: Links, name: str, function: Function) -> aws.lambda_.Function:
    logical, physical = f"functions-{name}", scope.name("functions", name)
    logs = aws.cloudwatch.LogGroup(
        f"{logical}-logs",
        name=f"/aws/lambda/{physical}",
        retention_in_days=function.log_days or scope.backend.log_days,
        tags=scope.plan.tags,
        opts=options(),
    )
    inside = joins(scope, function)
    own = (_logging(logs), *([JOIN] if inside else ()), *secret_grants(scope, function))
    grants = (*own, *_uses(scope, linked, function), *trigger_grants(linked, function))
    role = service_role(scope, logical, "lambda.amazonaws.com", ())
    policy = allow(f"{logical}-policy", role, grants)
    allow_key(scope, logical, function, role)
    if inside:
        only_lambda(logical, role, function_arn(scope, name))
    return aws.lambda_.Function(
        logical,
        name=physical,
        role=role.arn,
        code=pulumi.FileArchive(scope.backend.packages[name].path),
        handler=handler(function),
        runtime=function.runtime,
        architectures=[function.architecture],
        memory_size=function.memory,
        timeout=function.timeout,
        layers=list(function.layers) or None,
        vpc_config=vpc_config(scope, linked, logical, function) if inside else None,
        reserved_concurrent_executions=function.concurrency,
        environment=aws.lambda_.FunctionEnvironmentArgs(variables=_variables(scope, linked, function)),
        tags=scope.plan.tags,
        # Without the group there first, Lambda would make one that is kept for ever; in a VPC it makes and
        # takes away its interfaces with what the policy allows.
        opts=pulumi.ResourceOptions.merge(
            options(), pulumi.ResourceOptions(depends_on=[logs, *filter(None, (policy,))])
        ),
    )


def _logging(logs: aws.cloudwatch.LogGroup) -> Grant:
    return Grant(("logs:CreateLogStream", "logs:PutLogEvents"), (pulumi.Output.concat(logs.arn, ":*"),))


def _uses(scope: Scope, linked: Links, function: Function) -> Iterator[Grant]:
    for use in function.uses:
        if use.kind == "functions":
            yield Grant(("lambda:InvokeFunction",), (function_arn(scope, use.resource.partition(".")[2]),))
        else:
            for access in use.accesses:
                yield from linked[use.resource].grants[access]


def _variables(scope: Scope, linked: Links, function: Function) -> dict[str, pulumi.Input[str]]:
    """What the function finds in its environment: its own last."""
    found: dict[str, pulumi.Input[str]] = {"WINDLASS_ENVIRONMENT": scope.plan.environment}
    for use in function.uses:
        outputs = linked[use.resource].outputs if use.kind != "functions" else _name_of(scope, use.resource)
        found |= {output_name(use.resource, name).upper(): value for name, value in outputs.items()}
    return {**found, **function.environment, **secret_variables(scope, function)}


def _name_of(scope: Scope, resource: str) -> dict[str, pulumi.Input[str]]:
    return {"name": scope.name("functions", resource.partition(".")[2])}


def _linked(function: aws.lambda_.Function) -> Linked:
    return Linked(
        arn=function.arn,
        outputs={"name": function.name},
        grants={"invoke": (Grant(("lambda:InvokeFunction",), (function.arn,)),)},
    )
