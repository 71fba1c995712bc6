"""What a measurement gives."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal


@dataclass(frozen=True)
class Figure:
    """Samples of ours and, where there is something to compare with, of ``instead``.

    ``rule`` says what the goal is about: the ratio of the medians, their difference, or our median alone.
    ``notes`` are lines for people, about what a number cannot say.
    """

    name: str
    ours: tuple[float, ...]
    unit: str = "s"
    instead: str = ""
    theirs: tuple[float, ...] = ()
    goal: float | None = None
    rule: Literal["ratio", "difference", "median"] = "median"
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Our median over theirs."""
        return median(self.ours) / median(self.theirs) if self.theirs else None

    @property
    def value(self) -> float:
        """The number that the goal is about."""
        if self.rule == "ratio" and self.ratio is not None:
            return self.ratio
        return median(self.ours) - (median(self.theirs) if self.rule == "difference" else 0)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        return None if self.goal is None else self.value <= self.goal
