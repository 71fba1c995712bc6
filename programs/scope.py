"""What every program of the backend works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pulumi
import pulumi_aws as aws

from engine.plan.names import resource_name
from programs.options import options

if TYPE_CHECKING:
    from engine.plan.backend import BackendPlan, VpcPlan
    from engine.plan.model import Plan


@dataclass(frozen=True)
class Scope:
    """The plan, its backend, and ``origins``: where browsers come from, without a trailing slash."""

    plan: Plan
    backend: BackendPlan
    origins: tuple[pulumi.Input[str], ...]

    def name(self, kind: str, name: str = "") -> str:
        """The physical name of a resource: at most 63 of ``[a-z0-9-]``."""
        plan = self.plan
        return resource_name(plan.app, plan.environment, plan.account, plan.region, kind, name)

    def secret(self, name: str) -> pulumi.Output[str]:
        """The value of a secret, which Pulumi keeps encrypted."""
        found = aws.ssm.get_parameter_output(name=self.backend.secrets[name], with_decryption=True)
        return pulumi.Output.secret(found.value)

    @property
    def vpc(self) -> VpcPlan:
        """The VPC of the policy; no plan without one has anything that needs it."""
        return cast("VpcPlan", self.backend.vpc)

    def stateful(self, parent: pulumi.Resource | None = None) -> pulumi.ResourceOptions:
        """Options of a tagged resource that holds data: kept and protected as the policy says."""
        kept = pulumi.ResourceOptions(retain_on_delete=self.backend.retain)
        return pulumi.ResourceOptions.merge(options(protect=self.backend.protect, parent=parent), kept)
