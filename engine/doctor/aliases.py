"""What ``@/`` and ``~/`` stand for in imports, by ``paths`` of tsconfig.json or jsconfig.json.

https://www.typescriptlang.org/tsconfig/#paths
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FILES = ("tsconfig.json", "tsconfig.app.json", "jsconfig.json")
# With comments and trailing commas these files are no JSON, so that they are read by their form.
_PATH = re.compile(r'"([@~])/\*"\s*:\s*\[\s*"([^"*]*)\*"')
_BASE = re.compile(r'"baseUrl"\s*:\s*"([^"]+)"')


class Aliases:
    """The aliases of every folder of a project, each file read once."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._known: dict[str, dict[str, str]] = {}

    def whole(self, folder: str, path: str) -> str | None:
        """``@/ui/Button``, imported in ``folder``, from the project's folder; None for an unknown alias."""
        stands_for = self._of(folder).get(path[0])
        return None if stands_for is None else posixpath.normpath(posixpath.join(stands_for, path[2:]))

    def _of(self, folder: str) -> dict[str, str]:
        """Those of ``folder``, or of the nearest one above it that has any."""
        if folder not in self._known:
            above = self._of(posixpath.dirname(folder)) if folder else {}
            self._known[folder] = self._read(folder) or above
        return self._known[folder]

    def _read(self, folder: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in _FILES:
            try:
                text = (self._project / folder / name).read_text(errors="replace")
            except OSError:
                continue
            base = _BASE.search(text)
            top = posixpath.join(folder, base[1] if base else "")
            found |= {
                sign: posixpath.normpath(posixpath.join(top, path)) for sign, path in _PATH.findall(text)
            }
        return found
