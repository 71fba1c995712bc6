"""A place an app runs in, resolved from a branch or a pull request, the spec and the policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.domain.names import Domain
    from engine.environment.policy import Policy


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request: its number and, where known, the branches it goes from and to, and whether it comes
    from a ``fork`` (None: not known), so that somebody from outside wrote what is built.
    """

    number: int
    source: str = ""
    destination: str = ""
    fork: bool | None = None


@dataclass(frozen=True)
class Environment:
    """``name`` is a DNS label and the last part of the stack's name; ``rule`` says how it was found.

    ``kind`` is what environments of one kind have in common: the name of their rule in ``environments``,
    else ``preview``; of an environment that is the only one of its rule, its own name.
    ``basic_auth`` is the name of the secret with the login that its visitors need. ``lender`` is the name of
    the environment whose backend it borrows, "" where it has its own. ``origins`` maps each resolved key to
    the ``file:line`` (or the option) its value came from.
    """

    app: str
    name: str
    branch: str
    policy_name: str
    policy: Policy
    pull_request: PullRequest | None = None
    domain: Domain | None = None
    rule: str = ""
    kind: str = ""
    basic_auth: str | None = None
    lender: str = ""
    origins: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """All it is called in ``environments`` of a redirect or header."""
        return frozenset(filter(None, (self.name, self.kind, self.policy_name)))

    @property
    def preview(self) -> bool:
        """Whether it goes away by itself when its pull request closes or its time is over."""
        return self.pull_request is not None or self.policy.ttl_days is not None

    @property
    def deploy_call(self) -> str:
        """What to type to deploy to the same target, for messages."""
        return f"windlass deploy{' --target local' if self.policy.target == 'local' else ''}"
