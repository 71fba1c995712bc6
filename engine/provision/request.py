"""What the engine asks the process that runs Pulumi to do."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Literal

from engine.plan.model import Plan

Operation = Literal["up", "preview", "refresh", "drift", "destroy"]


@dataclass(frozen=True)
class Request:
    """One stack operation.

    ``exists`` says that the stack is in the state, ``endpoint`` is that of the embedded AWS or None,
    ``found`` are the resources of an interrupted run that exist: pairs of URN and id. ``delete_data``:
    destroy what the policy retains as well, be it in the state or left by an earlier environment.
    """

    operation: Operation
    plan: Plan
    state: str
    pulumi: str
    work_dir: str
    secrets_provider: str
    exists: bool
    endpoint: str | None = None
    refresh: bool = False
    allow_replace: bool = False
    recover: bool = False
    delete_data: bool = False
    found: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps({**dataclasses.asdict(self), "plan": self.plan.to_json()})

    @classmethod
    def from_json(cls, text: str) -> Request:
        """The request that :meth:`to_json` wrote."""
        data = json.loads(text)
        found = tuple((urn, id_) for urn, id_ in data.pop("found"))
        return cls(**{**data, "plan": Plan.from_json(data["plan"])}, found=found)
