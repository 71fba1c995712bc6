"""The configuration files of an app's tools, as text without comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import Where

if TYPE_CHECKING:
    from pathlib import Path

    from engine.doctor.project import App

CONFIGURATION = (
    *("*.config.*", "gatsby-config.*", "webpack*.*js", "config-overrides.js", "angular.json", ".env-cmdrc*"),
    "env.d.ts",
)
"""Globs of all configuration files that may set a variable."""

_LARGEST = 200_000
_EXPORT = re.compile(r"[\"'`]export[\"'`]")
_COMMENT = re.compile(r"^\s*//.*$|(?<=[\s,;{])//\s.*$|/\*[\s\S]*?\*/", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Config:
    """One file. In ``text`` comments are blanks, so that every place in it is that in the file."""

    path: Path
    text: str

    def where(self, at: int = 0) -> Where:
        """The place of the character ``at``."""
        return Where(str(self.path), self.text.count("\n", 0, at) + 1)


def configs(app: App, *globs: str) -> tuple[Config, ...]:
    """The files in the working folder of ``app`` that match one of ``globs``, sorted."""
    folder = app.project.folder / app.working
    paths = (path for glob in globs for path in sorted(folder.glob(glob)))
    return tuple(_read(path) for path in paths if path.is_file())


def exports(app: App) -> bool:
    """Whether Next.js is, or under some condition may be, set to write a static site."""
    return any(_EXPORT.search(config.text) for config in configs(app, "next.config.*"))


def _read(path: Path) -> Config:
    text = path.read_text(errors="replace")[:_LARGEST]
    return Config(path, _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text))
