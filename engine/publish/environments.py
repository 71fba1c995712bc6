"""Which rules of a bundle are for an environment."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.spec.model import HeaderRule, Redirect

Names = frozenset[str]
"""What an environment is called in a rule's ``environments``: its own name, its kind, its policy's name."""


def applies(rule: Redirect | HeaderRule, names: Names) -> bool:
    """Whether ``rule`` is for the environment called ``names``: it says no ``environments``, or one of them.

    Globs match (``pr-*``).
    """
    wanted = rule.environments
    return not wanted or any(fnmatchcase(name, pattern) for pattern in wanted for name in names)
