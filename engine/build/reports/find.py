"""Which files a test phase left for people: its reports, and screenshots, videos and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.archive import entries_of
from engine.build.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from engine.build.archive import Entry
    from engine.spec.model import TestArtifacts

# Where test runners write if nobody says where; the first group that is there is taken. Merged reports come
# before their parts, which are all there is where a failed test keeps `postTest` from merging them.
_USUAL = (
    ("**/mochawesome.json",),
    ("**/mochawesome-report/*.json", "**/mochawesome_*.json"),
    (
        *("**/junit*.xml", "**/TEST-*.xml", "**/test-results.xml", "**/test-report.xml"),
        *("**/test-results/**/*.xml", "**/reports/**/*.xml"),
    ),
)
_NEVER = ("!**/node_modules/**", "!**/.venv/**")


def find_reports(folder: Path, wanted: TestArtifacts, since: float) -> tuple[Entry, ...]:
    """The reports below ``folder`` that were written after ``since`` (seconds since the epoch).

    They are those that ``configFilePath`` names, counted from ``baseDirectory`` or else from ``folder``
    (https://docs.aws.amazon.com/amplify/latest/userguide/running-tests.html), or the usual ones. Older files
    are of another build, or committed.
    """
    named = (wanted.config_file_path,) if wanted.config_file_path else ()
    base = _base(folder, wanted)
    for place, group in ((base, named), (folder, named), *((folder, usual) for usual in _USUAL)):
        found = _written(place, group, since)
        if found:
            return found
    return ()


def find_artifacts(folder: Path, wanted: TestArtifacts) -> tuple[Entry, ...]:
    """What ``artifacts.files`` of the test section names below its ``baseDirectory``; nothing by default."""
    if not wanted.model_fields_set & {"base_directory", "files"}:
        return ()
    return _written(_base(folder, wanted), wanted.files, 0.0)


def _base(folder: Path, wanted: TestArtifacts) -> Path | None:
    base = (folder / (wanted.base_directory or "")).resolve()
    # A link made by the build could bring any folder of the host along.
    return base if base.is_dir() and base.is_relative_to(folder.resolve()) else None


def _written(folder: Path | None, globs: Iterable[str], since: float) -> tuple[Entry, ...]:
    globs = tuple(globs)
    if not globs or folder is None:
        return ()
    try:
        patterns = Patterns((*globs, *_NEVER))
    except ValueError:  # braces that stand for too much
        return ()
    found = entries_of(folder, patterns)
    return tuple(entry for entry in found if not entry.link and entry.mtime >= int(since))
