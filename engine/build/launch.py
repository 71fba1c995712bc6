"""A process that is about to be started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Launch:
    """``command`` is run with ``variables`` as its whole environment and inherits the file ``descriptors``,
    which are closed here once it has started.
    """

    command: tuple[str, ...]
    variables: Mapping[str, str]
    descriptors: tuple[int, ...] = ()


if TYPE_CHECKING:
    Wrap = Callable[[Launch], Launch]
    """Puts one command into another: under limits, into isolation."""
