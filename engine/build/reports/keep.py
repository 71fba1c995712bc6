"""Keep reports and other files of a test phase with the deployment."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from engine.events import Warned

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from engine.build.archive import Entry
    from engine.events import Emit

MOST_BYTES = 500_000_000
MOST_FILES = 5_000


def keep(entries: Iterable[Entry], folder: Path, emit: Emit) -> int:
    """Copy ``entries`` below ``folder``, by their paths; gives how many files.

    What is over 500 MB or 5,000 files is left out, with a Warned event; so is what cannot be copied.
    """
    count = size = left = 0
    for entry in entries:
        if count >= MOST_FILES or size + entry.size > MOST_BYTES or not _copied(entry, folder / entry.path):
            left += 1
            continue
        count, size = count + 1, size + entry.size
    if left:
        emit(Warned(f"{left} files of the tests were not kept: more than 500 MB, 5,000 files, or unreadable"))
    return count


def _copied(entry: Entry, target: Path) -> bool:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(entry.file, target, follow_symlinks=False)
    except OSError:
        return False
    return True
