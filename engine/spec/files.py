"""Finding the spec of a project folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import Problem, UsageError, Where

if TYPE_CHECKING:
    from pathlib import Path

SPEC_NAMES = ("amplify.yml", "amplify.yaml")
HEADERS_NAMES = ("customHttp.yml", "customHttp.yaml")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one project. ``headers`` is None where there is no ``customHttp.yml``."""

    folder: Path
    spec: Path
    headers: Path | None
    warnings: tuple[Problem, ...]


def find(folder: Path) -> Files:
    """The spec in ``folder`` and the headers file beside it. Raises UsageError where there is no spec."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint="Name the folder that holds amplify.yml.")
    spec, warnings = _one(folder, SPEC_NAMES)
    if spec is None:
        raise UsageError(
            f"there is no amplify.yml in {folder.absolute()}",
            hint="`windlass init` writes one for the app it finds there.",
        )
    headers, more = _one(folder, HEADERS_NAMES)
    return Files(folder, spec, headers, (*warnings, *more))


def _one(folder: Path, names: tuple[str, ...]) -> tuple[Path | None, tuple[Problem, ...]]:
    found = [folder / name for name in names if (folder / name).is_file()]
    if len(found) > 1:
        said = f"{found[1].name} is passed over: {found[0].name} is there, too"
        return found[0], (_warning("two-files", found[1], said, "Keep one of the two."),)
    return (found[0], ()) if found else _misnamed(folder, names)


def _misnamed(folder: Path, names: tuple[str, ...]) -> tuple[Path | None, tuple[Problem, ...]]:
    """``Amplify.yml`` is what some repositories have; on Linux, and so on Amplify, it is not found."""
    lower = {name.lower(): name for name in names}
    for path in sorted(folder.iterdir()):
        if path.name.lower() in lower and path.is_file():
            name = lower[path.name.lower()]
            said = f"{path.name} is read as {name}"
            return path, (_warning("file-name", path, said, f"Rename it to {name}."),)
    return None, ()


def _warning(rule: str, path: Path, message: str, hint: str) -> Problem:
    return Problem(rule, message, Where(str(path)), hint, severity="warning")
