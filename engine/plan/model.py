"""Everything a deployment will do to AWS, worked out before anything is touched."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine._version import __version__
from engine.plan.backend import BackendPlan
from engine.plan.domain import DomainPlan
from engine.publish.proxies import Proxy

# Tags that differ from one deployment to the next. They are set when a resource is created and left alone
# afterwards, so that a new commit alone never touches a resource.
VOLATILE_TAGS = ("windlass:commit", "windlass:owner", "windlass:expires")


@dataclass(frozen=True, slots=True)
class SitePlan:
    """The bucket that holds the releases. ``force_destroy`` lets a destroy empty it."""

    bucket: str
    force_destroy: bool
    protect: bool


@dataclass(frozen=True, slots=True)
class EdgePlan:
    """The distribution in front. ``name`` names all it is made of, ``function`` is its code, ``proxies`` are
    the other hosts that it fetches from.
    """

    name: str
    comment: str
    function: str
    price_class: str
    protect: bool
    proxies: tuple[Proxy, ...] = ()

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> EdgePlan:
        """The plan of which ``data`` is the ``asdict``."""
        return cls(**{**data, "proxies": tuple(Proxy(**proxy) for proxy in data["proxies"])})


@dataclass(frozen=True)
class Plan:
    """Frozen data from which ``programs`` make the resources; nothing else reaches them.

    ``stack`` is ``organization/<app>/<environment>``. ``tags`` go on every resource that takes tags.
    """

    app: str
    environment: str
    target: str
    region: str
    account: str
    site: SitePlan
    edge: EdgePlan
    tags: dict[str, str] = field(default_factory=dict)
    backend: BackendPlan | None = None
    domain: DomainPlan | None = None

    @property
    def stack(self) -> str:
        """The fully qualified Pulumi stack name."""
        return f"organization/{self.app}/{self.environment}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the plan and the engine's version, without the volatile tags."""
        data = dataclasses.asdict(self)
        data["tags"] = {k: v for k, v in self.tags.items() if k not in VOLATILE_TAGS}
        data["engine"] = __version__
        data["backend"] = self.backend.digested() if self.backend else None
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()

    def to_json(self) -> str:
        """The plan as one line of JSON, for the process that runs it."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The plan that :meth:`to_json` wrote."""
        data = json.loads(text)
        backend = BackendPlan.from_dict(data["backend"]) if data["backend"] else None
        domain = DomainPlan.from_dict(data["domain"]) if data["domain"] else None
        site, edge = SitePlan(**data["site"]), EdgePlan.from_dict(data["edge"])
        return cls(**{**data, "site": site, "edge": edge, "backend": backend, "domain": domain})
