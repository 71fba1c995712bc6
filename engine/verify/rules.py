"""What the rules of a release say about a path, as far as that is certain.

A check that misreads a rule would take a good release back. So where it takes more than a path to know
whether a rule applies (a host, a query, a country, an expression that only JavaScript reads), nothing is
claimed and nothing checked.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.publish.headers import CompiledHeaders
    from engine.publish.manifest import Manifest

ANYWHERE = ("200", "301", "302")  # these apply even where a file answers; 404 and 404-200 do not


@dataclass(frozen=True, slots=True)
class Rule:
    """A redirect rule as the edge has it. ``number`` is its position in the spec; ``target`` is None where it
    depends on the request, or is at another host.
    """

    number: int
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
    prefixes = tuple(f"{manifest.release}/{kind}" for kind in "cb")
    values = (json.loads(value) for key, value in manifest.keys.items() if key.startswith(prefixes))
    return sorted((_rule(rule) for value in values for rule in value), key=lambda rule: rule.number)


def headers_of(manifest: Manifest) -> list[CompiledHeaders]:
    """The header rules of a release as its environment has them."""
    prefix = f"{manifest.release}/h"
    count = sum(key.startswith(prefix) for key in manifest.keys)
    text = "".join(manifest.keys[f"{prefix}{k}"] for k in range(count))
    return [(pattern, values) for pattern, values in json.loads(text or "[]")]


def untouched(manifest: Manifest, path: str) -> bool:
    """Whether no redirect or rewrite can apply to ``path``."""
    return not any(rule.status in ANYWHERE and rule.may_match(path) for rule in rules_of(manifest))


def _rule(data: dict[str, Any]) -> Rule:
    fixed = "o" not in data and all(isinstance(part, str) for part in data["t"])
    target = "".join(data["t"]) if fixed else None
    path = f"^{re.escape(data['e'])}$" if "e" in data else data.get("p", "")
    return Rule(data["n"], data["s"], path, target, needs_more=not data.keys().isdisjoint("hqc"))
