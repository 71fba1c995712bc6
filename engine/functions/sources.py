"""The files that a function is made from."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import Problem, SpecError, Where
from engine.functions.wrapper import wrapper_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.spec.backend.functions import Function

# Raised when the same sources would make another archive than before.
_FORM = 2
_LEFT_OUT = frozenset(
    (
        ".git",
        ".hypothesis",
        ".mypy_cache",
        ".npm",
        ".pytest_cache",
        ".ruff_cache",
        ".venv",
        ".windlass",
        "__pycache__",
        "node_modules",
        "venv",
    )
)
# What decides about the archive beside the files.
_SETTINGS = ("handler", "runtime", "architecture", "commands")


@dataclass(frozen=True, slots=True)
class Source:
    """A file by its path, with ``/``, from the function's folder; links are followed."""

    path: str
    file: Path
    executable: bool


def sources_of(folder: Path) -> tuple[Source, ...]:
    """All files below ``folder`` in the order of their paths, without what package managers and git keep."""
    return tuple(sorted(_walk(folder), key=lambda source: source.path))


def source_digest(function: Function, sources: tuple[Source, ...]) -> str:
    """SHA-256 (hex) of everything that the archive is made from."""
    settings = function.model_dump(mode="json", include=set(_SETTINGS))
    digest = hashlib.sha256(json.dumps([_FORM, settings], sort_keys=True).encode())
    for source in (*sources, *_added(function)):
        with source.file.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"\n{source.path}\0{source.executable:d}{content}".encode())
    return digest.hexdigest()


def _added(function: Function) -> tuple[Source, ...]:
    """What Windlass puts beside the function's own files."""
    wrapper = wrapper_of(function)
    return (Source(wrapper.name, wrapper, False),) if wrapper else ()


def refuse_missing(name: str, function: Function, folder: Path, where: Where | None) -> None:
    """Raise SpecError where the function's folder, or the file of its handler, is not there."""
    key = f"backend.functions.{name}"
    if not folder.is_dir():
        told = f"`{key}.source`: there is no folder {function.source or '.'}"
        raise SpecError((Problem("no-source", told, where, "Name the folder of its code, from the app's."),))
    file = function.handler.rpartition(".")[0]
    endings = (".py",) if function.language == "python" else (".mjs", ".js", ".cjs")
    if not function.commands and not any((folder / f"{file}{ending}").is_file() for ending in endings):
        told = f"`{key}.handler`: there is no {file}{' or '.join(endings)} in {function.source or '.'}"
        hint = "The handler is FILE.FUNCTION; what is compiled first needs `commands:`."
        raise SpecError((Problem("no-handler", told, where, hint),))


def _walk(folder: Path) -> Iterator[Source]:
    for here, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        for name in files:
            file = folder.joinpath(here, name)
            if not name.endswith(".pyc") and file.is_file():
                yield Source(file.relative_to(folder).as_posix(), file, os.access(file, os.X_OK))
