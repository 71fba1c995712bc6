"""Take the files of a build into a bundle."""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from engine.build.steps import where_of, working_folder
from engine.bundle.content_type import content_type
from engine.bundle.model import Bundle, BundleFile
from engine.bundle.output_folder import find_output, folders_with_index
from engine.bundle.walk import Walk
from engine.errors import BuildError
from engine.events import Warned
from engine.publish.fingerprint import is_fingerprinted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.build.patterns import Patterns
    from engine.events import Emit
    from engine.spec.model import Spec

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, max-age=0, must-revalidate"

_HASHERS = 4  # threads; sha256 lets go of the interpreter
_FILES_KEY = "frontend.artifacts.files"


async def collect(
    project: Path, spec: Spec, emit: Emit, *, fingerprinted: Callable[[str], bool] = is_fingerprinted
) -> Bundle:
    """The bundle of what the build of ``spec`` left in ``project`` (the folder of ``amplify.yml``).

    ``baseDirectory`` counts from the app root, or from ``buildPath`` where that is set; ``files`` are globs
    below it, and names with a leading dot count
    (https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html). ``.git`` and
    ``.windlass`` are never taken. ``fingerprinted`` tells from a path whether the name changes with the
    content.

    Raises BuildError where the folder is missing, outside of the app or made for a server, where a link
    leaves the app, and where no file matches. Emits Warned for a site without index.html and for files that
    look private.
    """
    app = working_folder(project, spec)
    base = find_output(app, spec)
    walk = Walk(app, _patterns(spec))
    files = await asyncio.to_thread(walk.files, base)
    for warning in walk.warnings:
        emit(warning)
    _check(app, base, files, spec, emit)
    described = await asyncio.to_thread(_describe_all, files, fingerprinted)
    return Bundle(base.resolve(), described, spec.redirects, spec.custom_headers)


def _patterns(spec: Spec) -> Patterns:
    from engine.build.patterns import Patterns

    try:
        return Patterns(spec.frontend.artifacts.files)
    except ValueError as error:
        raise BuildError(f"`artifacts.files`: {error}", where=where_of(spec, _FILES_KEY)) from error


def _check(app: Path, base: Path, files: dict[str, Path], spec: Spec, emit: Emit) -> None:
    name = spec.frontend.artifacts.base_directory or "/"
    if not files:
        raise BuildError(
            f"no file in `{name}` matches `artifacts.files` ({', '.join(spec.frontend.artifacts.files)})",
            where=where_of(spec, _FILES_KEY),
            hint="the globs count from baseDirectory; `**/*` takes all files",
        )
    if "index.html" not in files:
        emit(Warned(f"there is no index.html in `{name}`, so `/` answers 404", hint=_better(app, base)))
    private = [path for path in files if _looks_private(path)]
    if private:
        emit(
            Warned(
                f"{_some(private)} will be public",
                hint="take it out of `artifacts.files` with `!**/.env*`, or name the build's output folder",
                where=str(where_of(spec, _FILES_KEY) or ""),
            )
        )


def _better(app: Path, base: Path) -> str:
    found = [name for name in folders_with_index(app) if (app / name).resolve() != base.resolve()]
    return f"did you mean `baseDirectory: {found[0]}`?" if found else ""


def _looks_private(path: str) -> bool:
    name = path.rpartition("/")[2]
    return (name == ".env" or name.startswith(".env.") or name in ("id_rsa", ".npmrc")) and (
        not name.endswith(("example", "sample", "template"))
    )


def _some(paths: list[str]) -> str:
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(f"`{path}`" for path in paths[:3]) + more


def _describe_all(files: dict[str, Path], fingerprinted: Callable[[str], bool]) -> tuple[BundleFile, ...]:
    with ThreadPoolExecutor(_HASHERS, "windlass-hash") as pool:
        return tuple(pool.map(partial(_describe, fingerprinted), files, files.values()))


def _describe(fingerprinted: Callable[[str], bool], path: str, file: Path) -> BundleFile:
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        size = content.tell()
    lasting = fingerprinted(path)
    return BundleFile(path, size, sha256, content_type(path), FOR_EVER if lasting else ASK_AGAIN, lasting)
