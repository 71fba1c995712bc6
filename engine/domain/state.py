"""What the stack tells of the names it was provisioned with last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.plan.domain import DomainPlan

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class DomainState:
    """``plan`` is what was provisioned, ``certificate`` the ARN for its wanted names ("": none yet)."""

    plan: DomainPlan
    certificate: str


def domain_state(outputs: Mapping[str, str]) -> DomainState | None:
    """The state in the outputs of the stack (``programs/domain.py`` writes it); None without a domain."""
    if not (text := outputs.get("domain")):
        return None
    told = json.loads(text)
    return DomainState(DomainPlan.from_dict(told), str(told["certificate"] or ""))
