"""The files of a folder, by the path they are published under."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import BuildError
from engine.events import Warned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.build.patterns import Patterns
    from engine.events import Event

SKIPPED = (".git", ".windlass", ".windlass-cache")
NOT_FOUND = "~404/"  # where a release keeps the copies of pages that answer with status 404
_LONGEST_PATH = 900  # bytes; S3 takes keys of 1024, with the release's prefix


@dataclass(frozen=True, slots=True)
class Walk:
    """Looks for the files that ``patterns`` name.

    A link is followed as long as its target is in ``app`` (a resolved folder). One that leaves it is refused,
    because what it points to, such as a key of the machine that builds, would become public.
    """

    app: Path
    patterns: Patterns
    warnings: list[Event] = field(default_factory=list)

    def paths(self, base: Path) -> list[str]:
        """The paths of the files below ``base``, as they are published, sorted.

        Raises BuildError for a link that leaves the app.
        """
        return sorted(self._in(base.resolve(), "", frozenset({base.resolve()})))

    def _in(self, folder: Path, prefix: str, above: frozenset[Path]) -> Iterator[str]:
        for found in os.scandir(folder):
            path = f"{prefix}{found.name}"
            if found.name in SKIPPED or (found.is_symlink() and self._target(found, path) is None):
                continue
            if found.is_dir():
                if not self.patterns.prunes(path):
                    target = Path(found.path).resolve() if found.is_symlink() else Path(found.path)
                    yield from self._in(target, f"{path}/", above | {_new(target, above, path)})
            elif found.is_file() and self.patterns.matches(path):
                yield publishable(path)

    def _target(self, found: os.DirEntry[str], path: str) -> Path | None:
        if self.patterns.prunes(path):
            return None
        try:
            target = Path(found.path).resolve(strict=True)
        except (OSError, RuntimeError):
            self.warnings.append(Warned(f"`{path}` is a link to nothing and is not published"))
            return None
        if target.is_relative_to(self.app) or not (target.is_dir() or self.patterns.matches(path)):
            return target
        raise BuildError(
            f"`{path}` is a link that leaves the app: it points to {target}",
            hint="let the build copy what it needs, or take it out of `artifacts.files` with "
            f"`!{path}{'/**' if target.is_dir() else ''}`",
        )


def _new(folder: Path, above: frozenset[Path], path: str) -> Path:
    if folder in above:
        raise BuildError(
            f"`{path}` is a link to a folder that it is in itself",
            hint=f"remove the link, or take it out of `artifacts.files` with `!{path}/**`",
        )
    return folder


def publishable(path: str) -> str:
    """``path`` as it is. Raises BuildError for a name that cannot be published."""
    try:
        length = len(path.encode())
    except UnicodeEncodeError:
        raise BuildError(f"the file name {path!r} is not UTF-8", hint="rename the file") from None
    # An address cannot hold them in any form that all of S3, CloudFront and browsers agree on.
    if any(unicodedata.category(sign) == "Cc" for sign in path):
        raise BuildError(
            f"the file name {path!r} has a line break or another control character", hint="rename the file"
        )
    if path.startswith(NOT_FOUND):
        raise BuildError(
            f"`{path}` is in a folder that Windlass keeps for itself, `{NOT_FOUND}`",
            hint="rename the folder",
        )
    if length > _LONGEST_PATH:
        raise BuildError(
            f"the path of {path[:60]}… is {length} bytes long", hint=f"S3 takes about {_LONGEST_PATH} bytes"
        )
    return path
