"""Where the measurements happen: a scratch folder, and each project made once, when it is first asked for."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.project import project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.project import Project


class Workshop:
    """``runs`` is how often each thing is measured. Projects that are handed out are deployed."""

    def __init__(self, runs: int, scratch: Path, stack: ExitStack) -> None:
        self.runs = runs
        self.scratch = scratch
        self._stack = stack
        self._projects: dict[str, Project] = {}

    def project(self, example: str) -> Project:
        """The copy of ``examples/<example>``, deployed on its branch main."""
        if example not in self._projects:
            made = self._stack.enter_context(project(example, self.scratch / example))
            made.windlass("deploy")
            self._projects[example] = made
        return self._projects[example]

    def folder(self, example: str) -> Path:
        """Scratch space beside the copy of ``examples/<example>``."""
        return self.scratch / example


@contextmanager
def workshop(runs: int) -> Iterator[Workshop]:
    """A workshop; everything it started or wrote is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="windlass-bench-") as folder, ExitStack() as stack:
        yield Workshop(runs, Path(folder), stack)
