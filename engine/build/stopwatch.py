"""The time that the sections of one build took so far."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Stopwatch:
    """Adds up ``seconds`` over the blocks it ran in; what is between them (provisioning) does not count."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[float]:
        """Count the block; gives the seconds that were counted before it."""
        began = time.monotonic()
        try:
            yield self.seconds
        finally:
            self.seconds += time.monotonic() - began
