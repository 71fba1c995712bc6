"""What the project's files say of its tools; a file that cannot be read says nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def folders_of(project: Path, app_root: str) -> tuple[Path, ...]:
    """The app's folder and those above it, up to the project's (a monorepo has its files there)."""
    project = project.resolve()
    app = (project / app_root).resolve()
    if not app.is_relative_to(project):
        return (project,)
    return tuple(folder for folder in (app, *app.parents) if folder.is_relative_to(project))


def package_json(folder: Path) -> dict[str, Any]:
    """The package.json of ``folder``; empty where there is none, or none that is a JSON object."""
    try:
        found = json.loads((folder / "package.json").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def text_in(table: Any, *keys: str) -> str:
    """The text at ``keys`` in nested tables; "" where there is none."""
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table.strip() if isinstance(table, str) else ""


def first_line(file: Path) -> str:
    """The first line of ``file`` that is neither empty nor a comment (``#``); "" where there is none."""
    try:
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    return next((text for line in lines if (text := line.partition("#")[0].strip())), "")


def named(file: Path, project: Path) -> str:
    """The path of ``file`` as people know it, from the project's folder."""
    return file.relative_to(project.resolve()).as_posix()
