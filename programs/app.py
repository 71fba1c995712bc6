"""The composition: which resources one environment of an app is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi

from programs.domain import domain
from programs.edge import edge
from programs.site import site

if TYPE_CHECKING:
    from engine.plan.model import Plan


def app(plan: Plan) -> None:
    """Declare every resource of ``plan`` and export what later steps need. Pure: no I/O, no clock."""
    bucket = site(plan)
    served = domain(plan, plan.domain) if plan.domain else None
    made = edge(plan, bucket, served)
    if served:
        served.lead_to(made.distribution)
    pulumi.export("bucket", bucket.bucket)
    pulumi.export("distribution_id", made.distribution.id)
    pulumi.export("distribution_domain", made.distribution.domain_name)
    pulumi.export("key_value_store_arn", made.store.arn)
    if plan.backend:
        from programs.backend import backend  # most apps have none
        from programs.scope import Scope

        own = pulumi.Output.concat("https://", made.distribution.domain_name)
        backend(Scope(plan, plan.backend, (own, *plan.backend.origins)))
