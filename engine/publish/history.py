"""Which releases an environment has and when each was live. Values only; who calls stores them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

ACTIVATIONS_KEPT = 200
REVERT = "revert"  # the engine went back by itself, because a release did not verify


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A published release. ``created`` is an ISO time in UTC, ``bytes`` the size of its ``files`` files."""

    id: str
    created: str
    commit: str
    branch: str
    files: int
    bytes: int
    deployment: str


@dataclass(frozen=True, slots=True)
class Activation:
    """``release`` went live ``at`` (ISO, UTC). ``kind``: deploy, rollback, promote or revert."""

    release: str
    at: str
    deployment: str
    by: str
    kind: str = "deploy"


@dataclass(frozen=True, slots=True)
class History:
    """Releases and activations, both oldest first."""

    releases: tuple[ReleaseRecord, ...] = ()
    activations: tuple[Activation, ...] = ()

    def to_json(self) -> str:
        """The history as one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> History:
        """The history that :meth:`to_json` wrote."""
        data = json.loads(text)
        return cls(
            tuple(ReleaseRecord(**record) for record in data["releases"]),
            tuple(Activation(**activation) for activation in data["activations"]),
        )


def with_release(history: History, record: ReleaseRecord) -> History:
    """The history with a release added, or its record renewed where it was published before."""
    return replace(history, releases=(*_others(history, {record.id}), record))


def without_releases(history: History, ids: set[str]) -> History:
    """The history once the releases ``ids`` are deleted; when they were live stays known."""
    return replace(history, releases=_others(history, ids))


def with_activation(
    history: History, release: str, at: str, deployment: str, by: str, kind: str = "deploy"
) -> History:
    """The history once ``release`` went live; the newest 200 activations are kept."""
    activations = (*history.activations, Activation(release, at, deployment, by, kind))
    return replace(history, activations=activations[-ACTIVATIONS_KEPT:])


def previous_of(history: History, live: str | None) -> str | None:
    """What a rollback makes live: the release that was live before ``live`` and still exists.

    A release that the engine itself took back because it did not verify does not count.
    """
    existing = {record.id for record in history.releases}
    candidates = (release for release in reversed(_stood(history)) if release != live and release in existing)
    return next(candidates, None)


def _stood(history: History) -> list[str]:
    stood: list[str] = []
    for activation in history.activations:
        if activation.kind == REVERT and stood:
            stood.pop()
        if stood[-1:] != [activation.release]:
            stood.append(activation.release)
    return stood


def _others(history: History, ids: set[str]) -> tuple[ReleaseRecord, ...]:
    return tuple(record for record in history.releases if record.id not in ids)
