"""spec x environment -> plan: names, tags and the code at the edge, fixed before anything is touched."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from engine.plan.model import EdgePlan, Plan, SitePlan
from engine.plan.names import physical_name

if TYPE_CHECKING:
    from engine.environment.git import Checkout
    from engine.environment.model import Environment
    from engine.plan.backend import BackendPlan
    from engine.plan.domain import DomainPlan
    from engine.publish.proxies import Proxy

_DAY = 86_400


def make_plan(
    environment: Environment,
    account: str,
    function: str,
    checkout: Checkout,
    backend: BackendPlan | None = None,
    proxies: tuple[Proxy, ...] = (),
    domain: DomainPlan | None = None,
) -> Plan:
    """The plan of ``environment`` in the AWS account ``account`` with the edge's code ``function``.

    ``proxies`` are those of the spec's redirects that are for this environment.
    """
    policy = environment.policy
    name = physical_name(environment.app, environment.name, account, policy.region)
    return Plan(
        app=environment.app,
        environment=environment.name,
        target=policy.target,
        region=policy.region,
        account=account,
        site=SitePlan(bucket=name, force_destroy=not policy.protect, protect=policy.protect),
        edge=EdgePlan(
            name=name,
            comment=f"Windlass: {environment.app} {environment.name}",
            function=function,
            price_class=policy.price_class,
            protect=policy.protect,
            proxies=proxies,
        ),
        tags=_tags(environment, checkout),
        backend=backend,
        domain=domain,
    )


def _tags(environment: Environment, checkout: Checkout) -> dict[str, str]:
    policy = environment.policy
    tags = {
        **policy.tags,
        "windlass:app": environment.app,
        "windlass:environment": environment.name,
        "windlass:commit": checkout.commit or "unknown",
        "windlass:owner": policy.owner or checkout.author or "unknown",
    }
    if policy.ttl_days is not None:
        until = time.gmtime(time.time() + policy.ttl_days * _DAY)
        tags["windlass:expires"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", until)
    return {name: _tag(value) for name, value in sorted(tags.items())}


def _tag(value: str) -> str:
    """The signs that every service takes, at most 256: the mail address of a bot has others.

    https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
    """
    return re.sub(r"[^\w .:/=+@-]", "_", value)[:256]
