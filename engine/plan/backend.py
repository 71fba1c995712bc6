"""The backend of an environment, as it will be: the section of the spec, and what the policy makes of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.environment.model import Environment
    from engine.spec.backend.backend import Backend


@dataclass(frozen=True)
class Package:
    """The code of a function: the digest of what it is made from, and where its archive is on this machine.

    The same sources make the same archive, so the digest stands for it; the path is no part of the plan.
    """

    digest: str
    path: str


@dataclass(frozen=True)
class VpcPlan:
    """The VPC of the policy: ids."""

    id: str
    subnets: tuple[str, ...]
    security_groups: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> VpcPlan:
        """The plan whose ``dataclasses.asdict`` is ``data``, read from JSON."""
        return cls(data["id"], tuple(data["subnets"]), tuple(data["security_groups"]))


@dataclass(frozen=True)
class BackendPlan:
    """``section`` is ``backend`` of the spec as JSON, without the phases.

    ``origins`` are the URLs, without a trailing slash, that browsers come from, as far as they are known
    before the distribution is. ``protect``: refuse to delete what holds data; ``retain``: leave it where it
    is when the stack is destroyed; ``backups``: it can be brought back as it was. ``secrets`` are the paths
    in the Parameter Store of those that resources need, ``secrets_key`` is the KMS key that they may need;
    ``packages`` has the code of each function, ``files`` the text of each file that a GraphQL API is made
    from, by its path in the spec; its key is good until ``key_expires`` (RFC 3339). ``vpc`` is what some
    resources must be in (None on the embedded AWS, which has no networks).
    """

    section: Mapping[str, Any]
    origins: tuple[str, ...]
    protect: bool
    retain: bool
    log_days: int
    backups: bool = False
    secrets: Mapping[str, str] = field(default_factory=dict)
    secrets_key: str = ""
    packages: Mapping[str, Package] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    key_expires: str = ""
    vpc: VpcPlan | None = None

    @cached_property
    def spec(self) -> Backend:
        """The section as its model."""
        from engine.spec.backend.backend import Backend

        return Backend.model_validate(self.section)

    def digested(self) -> dict[str, Any]:
        """What of the plan tells it from another, as JSON."""
        return {
            "section": self.section,
            "origins": self.origins,
            "protect": self.protect,
            "retain": self.retain,
            "log_days": self.log_days,
            "backups": self.backups,
            "secrets": self.secrets,
            "secrets_key": self.secrets_key,
            "files": self.files,
            "key_expires": self.key_expires,
            "packages": {name: package.digest for name, package in self.packages.items()},
            "vpc": asdict(self.vpc) if self.vpc else None,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BackendPlan:
        """The plan whose ``dataclasses.asdict`` is ``data``, read from JSON."""
        packages = {name: Package(**package) for name, package in data["packages"].items()}
        vpc = VpcPlan.from_dict(data["vpc"]) if data["vpc"] else None
        return cls(**{**data, "origins": tuple(data["origins"]), "packages": packages, "vpc": vpc})


def make_backend(
    backend: Backend,
    environment: Environment,
    origins: tuple[str, ...],
    packages: Mapping[str, Package],
    files: Mapping[str, str] | None = None,
    key_expires: str = "",
) -> BackendPlan | None:
    """The plan of the backend, None where the spec asks for no resource."""
    if not backend.resources:
        return None
    policy = environment.policy
    return BackendPlan(
        section=backend.model_dump(mode="json", by_alias=True, exclude={"phases"}, exclude_defaults=True),
        origins=tuple(dict.fromkeys((*origins, *backend.origins))),
        protect=policy.protect,
        retain=policy.retain,
        log_days=policy.log_days,
        backups=policy.backups,
        secrets_key=policy.secrets_key or "",
        packages=packages,
        files=files or {},
        key_expires=key_expires,
        vpc=_vpc(environment),
    )


def _vpc(environment: Environment) -> VpcPlan | None:
    vpc = environment.policy.vpc
    if vpc is None or environment.policy.target == "local":
        return None
    return VpcPlan(vpc.id, vpc.subnets, vpc.security_groups)
