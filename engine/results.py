"""What the verbs give back: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from engine.domain.certificate import Record
    from engine.environment.given import GivenSecret, GivenVariable
    from engine.monorepo.decide import Decision
    from engine.plan.changes import Change
    from engine.provision.difference import Difference
    from engine.publish.history import Activation, ReleaseRecord
    from engine.routes.amplify_rules import Untranslated
    from engine.routes.model import RouteOutcome
    from engine.secrets.model import StoredSecret
    from engine.state.record import DeploymentRecord
    from engine.verify import Check


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment that went well. ``unchanged`` says that all of it was live already, ``skipped`` why
    nothing was looked at or done ("" where it was).

    ``previous`` is the release that was live before ("" for the first); ``uploaded`` and ``bytes`` are what
    was moved; ``seconds`` the whole time.
    """

    id: str
    app: str
    environment: str
    url: str
    release: str
    previous: str
    checks: tuple[Check, ...]
    uploaded: int = 0
    bytes: int = 0
    unchanged: bool = False
    seconds: float = 0.0
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class ChangedDeployments:
    """What a change meant for every application of a file, and the deployments of those it concerned."""

    decisions: tuple[Decision, ...]
    deployments: tuple[Deployment, ...]


@dataclass(frozen=True, slots=True)
class BuiltBundle:
    """A bundle that was made and saved at ``path``; ``release`` is the id it will have wherever it goes.

    ``files`` and ``bytes`` count what is in it; ``inlined`` names the variables whose values for
    ``environment`` are in its files.
    """

    path: Path
    digest: str
    release: str
    app: str
    environment: str
    files: int
    bytes: int
    inlined: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """What a deployment would do to AWS; ``changes`` without those that stay the same."""

    app: str
    environment: str
    stack: str
    target: str
    digest: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """An environment as it is remembered: where it answers, what is live, who works on it.

    ``expires`` in seconds since the epoch, 0 for never; ``locked_by`` is empty when nobody does.
    """

    app: str
    environment: str
    branch: str
    policy: str
    url: str
    live: str
    releases: int
    expires: float
    locked_by: str
    last: DeploymentRecord | None


@dataclass(frozen=True, slots=True)
class Drift:
    """What at AWS is not as it was deployed; no ``differences``: nothing."""

    app: str
    environment: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class DomainStatus:
    """How it stands with the domain of an environment.

    ``names`` are wanted, the first is canonical and the others redirect to it; the distribution answers for
    those in ``live``. ``zones`` has the hosted zone of each name ("" where its DNS is elsewhere), ``status``
    is the certificate's; ``answers``: DNS leads to the distribution. ``records`` are to be set by hand,
    ``next`` is what to do ("" for nothing).
    """

    environment: str
    names: tuple[str, ...]
    zones: tuple[str, ...]
    certificate: str
    status: str
    live: tuple[str, ...]
    answers: bool
    records: tuple[Record, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases of an environment, oldest first, which of them is live, and when each was."""

    live: str
    releases: tuple[ReleaseRecord, ...]
    activations: tuple[Activation, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was looked at of a deployed environment; every check passed."""

    app: str
    environment: str
    url: str
    release: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class ResourceInfo:
    """A resource that exists and why it does."""

    type: str
    name: str
    id: str
    why: str


@dataclass(frozen=True, slots=True)
class GivenValues:
    """What the builds and functions of an environment are given; ``withheld`` says why it has no secrets."""

    app: str
    environment: str
    variables: tuple[GivenVariable, ...]
    secrets: tuple[GivenSecret, ...]
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class SecretChange:
    """What became of the secret ``name``: created, changed or removed. ``path`` is where it is, or was."""

    name: str
    scope: str
    path: str
    change: str


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of an application that are set, and those that its builds ask for and are not: pairs of a
    name and an environment (``preview``: all previews).
    """

    app: str
    stored: tuple[StoredSecret, ...]
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One resolved value and the ``file:line``, option or rule that it came from."""

    key: str
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class TestedRoutes:
    """What would happen to each of the URLs, and ``remarks`` about what was looked at."""

    __test__ = False
    outcomes: tuple[RouteOutcome, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedRoute:
    """One rule of the spec: its ``file:line``, the rule in words, and what is special about it."""

    where: str
    rule: str
    remark: str


@dataclass(frozen=True, slots=True)
class ImportedRoutes:
    """Rules that came from elsewhere into ``file``: those ``added`` (as YAML), those that were there
    ``already``, and those that could not be translated.
    """

    file: str
    added: tuple[str, ...]
    already: int
    untranslated: tuple[Untranslated, ...]
