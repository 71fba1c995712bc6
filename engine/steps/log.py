"""The log of a deployment on disk: every event, and of endless output the beginning and the end."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING

from engine.events import LogLine

if TYPE_CHECKING:
    from typing import TextIO

    from engine.events import Event

LARGEST = 20_000_000  # bytes of output of a deployment
_LAST = 200  # lines


class Log:
    """Writes events to ``file`` as JSON lines.

    Once the output of commands (LogLine) takes ``largest`` bytes, it is left out, but for the last lines
    before any other event, so that the lines of a failure are there.
    """

    def __init__(self, file: TextIO, largest: int = LARGEST) -> None:
        self._file = file
        self._room = largest
        self._left: deque[LogLine] = deque(maxlen=_LAST)
        self._count = 0

    def write(self, event: Event) -> None:
        """Write one event."""
        if isinstance(event, LogLine):
            self._output(event)
        else:
            self.flush()
            self._line(event)

    def flush(self) -> None:
        """Say how many lines were left out, and write the last of them."""
        if self._count > len(self._left):
            out = self._count - len(self._left)
            self._line(LogLine(step=self._left[-1].step, text=f"... {out} lines left out"))
        for event in self._left:
            self._line(event)
        self._left.clear()
        self._count = 0

    def _output(self, event: LogLine) -> None:
        if self._room > 0 and not self._count:
            self._room -= self._line(event)
        else:
            self._left.append(event)
            self._count += 1

    def _line(self, event: Event) -> int:
        return self._file.write(json.dumps(event.to_json()) + "\n")
