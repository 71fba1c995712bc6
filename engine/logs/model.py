"""One line that something wrote while it ran."""

from __future__ import annotations

import re
from dataclasses import dataclass

# https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html: what Lambda writes itself
_PLATFORM = re.compile(r"(START|END|REPORT) RequestId: |INIT_START |EXTENSION\t|TELEMETRY\t")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """``time`` in seconds since the epoch; ``stream`` is the CloudWatch stream: one for each instance."""

    time: float
    stream: str
    message: str

    @property
    def platform(self) -> bool:
        """Whether Lambda wrote it, not the function: where a call begins, ends, what it cost."""
        return bool(_PLATFORM.match(self.message))
