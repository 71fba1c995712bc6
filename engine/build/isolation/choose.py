"""Which isolation a build gets: that of the policy, or a stricter one."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from engine.build.isolation.bubblewrap import Bubblewrap
from engine.build.isolation.model import IsolationName
from engine.build.isolation.none import NoIsolation
from engine.errors import GuardError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from engine.build.isolation.model import Isolation

NAMES: tuple[IsolationName, ...] = get_args(IsolationName)


def isolation_of(demanded: IsolationName, asked: str | None, private: Path, policy: str = "") -> Isolation:
    """The slot for what the policy ``demanded``, or for what the caller ``asked`` for.

    ``private`` is a folder for what builds of this environment keep to themselves. Raises GuardError where
    less is asked than demanded, UsageError for a name that there is not.
    """
    if asked is not None and asked not in NAMES:
        raise UsageError(f"there is no isolation {asked!r}", hint=f"Isolations: {', '.join(NAMES)}.")
    name = asked or demanded
    if NAMES.index(name) < NAMES.index(demanded):
        raise GuardError(
            f"the policy {policy} demands the isolation {demanded}, and {name} would be less",
            hint=f"Leave out --isolation {name}, or change `isolation` of the policy.",
        )
    return Bubblewrap(private) if name == "bubblewrap" else NoIsolation()
