"""A redirect rule as the edge has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Parts = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """One rule, compiled. ``path`` is a regular expression for the decoded path, with its first ``/``;
    ``exact`` stands instead of it where only one path matches.

    ``target`` is text and numbers, a number being what the placeholder of that position captured: first those
    of the path, then those of ``query``, whose value None captures and any other must be equal. ``number`` is
    the rule's position in the spec, from 0. With an ``origin`` (its id in the distribution) the request goes
    there, and ``path`` is for the path as it was sent, so that its escapes arrive as they were.
    """

    status: str
    path: str
    target: Parts
    host: str = ""
    query: tuple[tuple[str, str | None], ...] = ()
    keeps_query: bool = False
    fragment: str = ""
    exact: str = ""
    country: str = ""
    origin: str = ""
    number: int = 0
    prefix: str = ""

    def to_json(self) -> dict[str, Any]:
        """What the KeyValueStore holds: short keys, and only those that say something."""
        fields = {
            "s": self.status,
            "p": "" if self.exact else self.path,
            "e": self.exact,
            "t": self.target,
            "h": self.host,
            "q": self.query,
            "k": int(self.keeps_query),
            "f": self.fragment,
            "c": self.country,
            "o": self.origin,
            "n": self.number,
        }
        return {key: value for key, value in fields.items() if value or key in ("t", "n")}


class RuleError(ValueError):
    """A rule that cannot be compiled. ``rule`` names the reason, ``message`` and ``hint`` say the rest."""

    def __init__(self, rule: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint
