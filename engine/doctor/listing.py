"""The files of a project, without what git ignores."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_DEPENDENCIES = "node_modules"
# What tools write, where no .gitignore says so.
_WRITTEN = frozenset(
    (_DEPENDENCIES, "bower_components", "dist", "build", "out", "coverage", "_site", "vendor")
)
_KEPT_HIDDEN = frozenset((".github", ".storybook", ".vitepress", ".vuepress"))
_QUESTION = ("ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard", "-x", f"{_DEPENDENCIES}/")


@dataclass(frozen=True)
class Listing:
    """Paths from the project's folder, with ``/``, in the case that git or the disk has them.

    ``tracked`` are those that git keeps; None where the folder is no checkout.
    """

    files: frozenset[str]
    tracked: frozenset[str] | None

    @cached_property
    def folded(self) -> dict[str, list[str]]:
        """Lower case -> the paths that differ from it in case only."""
        found: dict[str, list[str]] = {}
        for file in self.files:
            found.setdefault(file.lower(), []).append(file)
        return found


def list_files(folder: Path, host: Mapping[str, str]) -> Listing:
    """The files below ``folder``: what git tracks or would track, else all but what tools usually write."""
    answer = _git(folder, host)
    if not answer:
        return Listing(frozenset(_walk(folder)), None)
    entries = [(entry[:1], entry[2:]) for entry in answer.split("\0") if entry]
    tracked = frozenset(path for tag, path in entries if tag != "?")
    return Listing(frozenset(path for _, path in entries), tracked)


def _git(folder: Path, host: Mapping[str, str]) -> str:
    kept = {k: host[k] for k in ("PATH", "HOME") if k in host}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *_QUESTION],
            capture_output=True,
            env={**kept, "GIT_OPTIONAL_LOCKS": "0"},
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return os.fsdecode(done.stdout) if done.returncode == 0 else ""


def _walk(top: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(top):
        folders[:] = [
            name for name in folders if name not in _WRITTEN and (name[0] != "." or name in _KEPT_HIDDEN)
        ]
        path = os.path.relpath(folder, top).replace(os.sep, "/")
        prefix = "" if path == "." else f"{path}/"
        yield from (f"{prefix}{name}" for name in files)
