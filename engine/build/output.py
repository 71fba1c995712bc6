"""The output of a build as lines: live, masked, cut, with a bounded memory."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.build.masking import Mask

LONGEST_LINE = 8192  # bytes
TAIL = 200  # lines: npm prints sixty of help after the cause


class Lines:
    """Takes chunks of bytes and calls ``show`` with each line, without its end.

    Of a line that a progress bar overwrote with carriage returns, what a terminal would show is kept.
    """

    def __init__(self, mask: Mask, show: Callable[[str], None]) -> None:
        self._mask = mask
        self._show = show
        self._line = bytearray()
        self._kept = LONGEST_LINE + mask.longest
        self._tail: deque[str] = deque(maxlen=TAIL)

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the output."""
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            self._keep(part)
            self._end_line()
        self._keep(rest)

    def flush(self) -> None:
        """Show what came after the last end of line, if anything."""
        if self._line:
            self._end_line()

    def take_tail(self) -> tuple[str, ...]:
        """The last lines shown since this was last called."""
        tail = tuple(self._tail)
        self._tail.clear()
        return tail

    def _keep(self, part: bytes) -> None:
        # One byte more than is shown, so that the mask can tell that something was cut.
        self._line += part[: max(0, self._kept + 1 - len(self._line))]

    def _end_line(self) -> None:
        text = self._mask.line(bytes(self._line).rstrip(b"\r").rpartition(b"\r")[2], LONGEST_LINE)
        self._line.clear()
        self._tail.append(text)
        self._show(text)
