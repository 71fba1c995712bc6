"""What is remembered of an environment between deployments, kept beside Pulumi's state."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.state.backend import StateBackend

DOMAIN = "domain"  # the output in which `programs/domain.py` keeps what it was provisioned with
_DEPLOYMENTS_KEPT = 50


@dataclass(frozen=True, slots=True)
class DeploymentRecord:
    """One deployment. ``status``: running, succeeded, failed, cancelled; times in seconds since the epoch."""

    id: str
    status: str
    started: float
    finished: float = 0.0
    commit: str = ""
    branch: str = ""
    by: str = ""
    release: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class EnvironmentRecord:
    """``digest`` is that of the plan last provisioned (empty: never), ``outputs`` those of the stack then.

    ``sources`` is the digest of what the release ``built`` was made from. ``jobs`` counts deployments,
    ``expires`` is when a preview's time is over (seconds since the epoch, 0: never), ``history`` holds the
    releases (:class:`engine.publish.history.History`).
    """

    app: str
    environment: str
    policy: str = ""
    branch: str = ""
    url: str = ""
    digest: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    sources: str = ""
    built: str = ""
    jobs: int = 0
    expires: float = 0.0
    history: dict[str, Any] = field(default_factory=dict)
    deployments: tuple[DeploymentRecord, ...] = ()

    @property
    def told(self) -> dict[str, str]:
        """The outputs that builds and people get: without what the engine notes for itself."""
        return {name: value for name, value in self.outputs.items() if name != DOMAIN}

    def interrupted(self, deployment: str) -> bool:
        """Whether the last one before ``deployment`` was killed: it could not say how it ended."""
        before = [d for d in self.deployments if d.id != deployment]
        return bool(before) and before[-1].status == "running"

    def with_deployment(self, deployment: DeploymentRecord) -> EnvironmentRecord:
        """The record with ``deployment`` added, or put in place of the one with its id; newest last."""
        others = tuple(d for d in self.deployments if d.id != deployment.id)
        return dataclasses.replace(self, deployments=(*others, deployment)[-_DEPLOYMENTS_KEPT:])


def folder(app: str, environment: str) -> str:
    """The key prefix of everything about one environment."""
    return f"windlass/{app}/{environment}"


def _key(app: str, environment: str) -> str:
    return f"{folder(app, environment)}/environment.json"


def load(state: StateBackend, app: str, environment: str) -> EnvironmentRecord | None:
    """The record of an environment, or None where it was never deployed (or is destroyed)."""
    data = state.read_json(_key(app, environment))
    if data is None:
        return None
    deployments = tuple(DeploymentRecord(**d) for d in data.pop("deployments"))
    return EnvironmentRecord(**data, deployments=deployments)


def save(state: StateBackend, record: EnvironmentRecord) -> None:
    """Keep the record; the write is atomic."""
    state.write_json(_key(record.app, record.environment), dataclasses.asdict(record))


def forget(state: StateBackend, app: str, environment: str) -> None:
    """Remove everything remembered of the environment."""
    for key in state.keys(folder(app, environment)):
        state.delete(key)


def environments(state: StateBackend, app: str) -> list[str]:
    """The names of all environments of ``app`` that are remembered, sorted."""
    keys = state.keys(f"windlass/{app}")
    return sorted({key.split("/")[2] for key in keys if key.endswith("/environment.json")})
