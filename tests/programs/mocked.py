"""Runs the programs with Pulumi's mocks and records what they declare."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pulumi

from engine.environment.git import Checkout
from engine.environment.model import Environment
from engine.environment.policy import Policy
from engine.plan.backend import Package, make_backend
from engine.plan.make import make_plan
from engine.spec.backend.backend import Backend

if TYPE_CHECKING:
    from engine.plan.model import Plan
    from engine.publish.proxies import Proxy

KEY_EXPIRES = "2027-11-01T00:00:00Z"
SITE = "http://prod.notes.localhost:4610"


class Recorder(pulumi.runtime.Mocks):
    """Answers for AWS: every resource has an id, an ARN and the inputs it was given."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.made[args.name] = args
        told = ("arn", "url", "executionArn", "apiEndpoint", "streamArn", "endpoint")
        known: dict[str, Any] = {output: f"{output}:{args.name}" for output in told}
        known["uris"] = {"GRAPHQL": f"uri:{args.name}"}
        known["domainName"] = f"{args.name}.example"
        names = [args.inputs.get("domainName"), *args.inputs.get("subjectAlternativeNames", ())]
        if args.typ == "aws:rds/cluster:Cluster":
            known["masterUserSecrets"] = [{"secretArn": f"secret:{args.name}"}]
        if args.typ == "aws:acm/certificate:Certificate":
            known["domainValidationOptions"] = [_option(name) for name in names]
        return f"{args.name}-id", {**known, **args.inputs}

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        if args.token == "aws:ssm/getParameter:getParameter":
            return {"value": f"value of {args.args['name']}"}
        raise AssertionError(f"a program asks nobody anything else: {args.token}")


def _option(name: str) -> dict[str, str]:
    record = {"resourceRecordType": "CNAME", "resourceRecordValue": "_y.acm-validations.aws."}
    return {"domainName": name, "resourceRecordName": f"_x.{name}.", **record}


def plan_of(
    backend: dict[str, Any],
    packages: dict[str, Package] | None = None,
    proxies: tuple[Proxy, ...] = (),
    files: dict[str, str] | None = None,
    **policy: Any,
) -> Plan:
    """The plan of an environment with this ``backend`` section, other hosts and policy."""
    environment = Environment("notes", "prod", "main", "prod", Policy(**policy))
    made = make_backend(
        Backend.model_validate(backend), environment, (SITE,), packages or {}, files, KEY_EXPIRES
    )
    checkout = Checkout(commit="c" * 40)
    return make_plan(environment, "123456789012", "function handler() {}", checkout, made, proxies)


def declared(plan: Plan) -> dict[str, Any]:
    """What the programs declare for ``plan``: logical name -> MockResourceArgs."""
    from programs.app import app

    recorder = Recorder()
    loop = asyncio.new_event_loop()  # Pulumi wants a current one, and other tests may have closed theirs
    asyncio.set_event_loop(loop)
    try:
        pulumi.runtime.set_mocks(recorder, project="notes", stack="prod", preview=False)
        pulumi.runtime.test(lambda: app(plan))()
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    return recorder.made
