"""``emulator.json``: which process is the emulator of a project, and its port."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.process import alive

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "emulator.json"


@dataclass(frozen=True, slots=True)
class Record:
    """``pid`` is 0 when the emulator was stopped; the port stays, so that addresses stay the same.

    ``identity`` is what ``engine.process.started`` says of it, ``since`` is in seconds since the epoch.
    """

    port: int
    pid: int = 0
    identity: str = ""
    since: float = 0.0

    @property
    def alive(self) -> bool:
        """Whether the very process still lives."""
        return alive(self.pid, self.identity)


def read(folder: Path) -> Record | None:
    """The record in ``folder``, or None if there is none that can be read."""
    try:
        return Record(**json.loads((folder / _FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write(folder: Path, record: Record) -> None:
    """Put ``record`` in the place of the one in ``folder``, at once or not at all."""
    new = folder / f"{_FILE}.new"
    new.write_text(json.dumps(dataclasses.asdict(record)))
    new.replace(folder / _FILE)
