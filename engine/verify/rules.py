"""What the rules of a release say about a path, as far as that is certain.

A check that misreads a rule would take a good release back. So where it takes more than a path to know
whether a rule applies (a host, a query, an expression that only JavaScript reads), nothing is claimed and
nothing checked.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.publish.manifest import Manifest

ANYWHERE = ("200", "301", "302")  # these apply even where a file answers; 404 and 404-200 do not


@dataclass(frozen=True, slots=True)
class Rule:
    """A redirect rule as the edge has it. ``target`` is None where it depends on the request."""

    status: str
    path: str
    target: str | None
    needs_more: bool

    def may_match(self, path: str) -> bool:
        """Whether the rule can apply to ``path``; True where that is not certain."""
        try:
            return re.search(self.path, path) is not None
        except re.error:
            return True

    def matches(self, path: str) -> bool:
        """Whether the rule certainly applies to ``path``."""
        try:
            return not self.needs_more and re.search(self.path, path) is not None
        except re.error:
            return False


def rules_of(manifest: Manifest) -> list[Rule]:
    """The rules of a release in order, those that the engine adds itself included.

    :mod:`engine.publish.entries` has the format they are read from.
    """
    prefix = f"{manifest.release}/c"
    count = sum(key.startswith(prefix) for key in manifest.keys)
    return [_rule(rule) for k in range(count) for rule in json.loads(manifest.keys[f"{prefix}{k}"])]


def untouched(manifest: Manifest, path: str) -> bool:
    """Whether no redirect or rewrite can apply to ``path``."""
    return not any(rule.status in ANYWHERE and rule.may_match(path) for rule in rules_of(manifest))


def _rule(data: dict[str, Any]) -> Rule:
    fixed = all(isinstance(part, str) for part in data["t"])
    target = "".join(data["t"]) if fixed else None
    return Rule(data["s"], data.get("p", ""), target, needs_more="h" in data or "q" in data)
