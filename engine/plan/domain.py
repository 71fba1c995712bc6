"""What of the plan is about the names under which an environment answers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class NamesPlan:
    """Host names under one certificate: ``names[0]`` is canonical, the others redirect to it.

    ``zones`` holds the id of the hosted zone of each name, "" where its DNS is elsewhere. ``certificate`` is
    the ARN of a certificate that other environments use too; ``own`` says that there is none such, and the
    environment has one for itself. ``attempt`` counts the requests for it: AWS gives up on a certificate
    that is not validated within 72 hours.
    """

    names: tuple[str, ...]
    zones: tuple[str, ...]
    own: bool = True
    certificate: str = ""
    attempt: int = 0

    @property
    def key(self) -> str:
        """What tells its certificate from others, in logical names: another one never replaces it."""
        return hashlib.sha256(" ".join((*self.names, str(self.attempt))).encode()).hexdigest()[:8]

    @property
    def hosted(self) -> bool:
        """Whether all records can be set by the deployment."""
        return all(self.zones)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> NamesPlan:
        """The value whose fields ``data`` holds, as JSON gives them."""
        return cls(**{**data, "names": tuple(data["names"]), "zones": tuple(data["zones"])})


@dataclass(frozen=True, slots=True)
class DomainPlan:
    """``wanted`` is what the spec asks for, ``live`` what the distribution answers for: the same once the
    certificate is issued. Until then the earlier names stay live, or none are.
    """

    wanted: NamesPlan
    live: NamesPlan | None = None

    @property
    def each(self) -> tuple[NamesPlan, ...]:
        """Both, or the one if they are the same."""
        return (self.wanted,) if self.live in (None, self.wanted) else (self.live, self.wanted)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> DomainPlan:
        """The value whose fields ``data`` holds, as JSON gives them."""
        live = NamesPlan.from_dict(data["live"]) if data["live"] else None
        return cls(NamesPlan.from_dict(data["wanted"]), live)
