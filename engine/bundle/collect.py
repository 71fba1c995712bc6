"""Take the files of a build into a bundle."""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from engine.build.steps import where_of, working_folder
from engine.bundle.causes import likely_cause
from engine.bundle.content_type import content_type
from engine.bundle.flatten import flattened
from engine.bundle.model import ASK_AGAIN, Bundle, BundleFile
from engine.bundle.output_folder import KEY as OUTPUT_KEY
from engine.bundle.output_folder import find_output, folders_with_index
from engine.bundle.walk import Walk
from engine.errors import BuildError
from engine.events import Warned
from engine.publish.fingerprint import LASTING, is_fingerprinted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.build.patterns import Patterns
    from engine.events import Emit
    from engine.spec.model import Spec

FOR_EVER = LASTING

_HASHERS = 4  # threads; sha256 lets go of the interpreter
_BATCH = 200  # files for one thread at a time: a future for each would take 100 MB for 50,000
_FILES_KEY = "frontend.artifacts.files"


async def collect(
    project: Path, spec: Spec, emit: Emit, *, fingerprinted: Callable[[str], bool] = is_fingerprinted
) -> Bundle:
    """The bundle of what the build of ``spec`` left in ``project`` (the folder of ``amplify.yml``).

    ``baseDirectory`` counts from the app root, or from ``buildPath`` where that is set; ``files`` are globs
    below it, and names with a leading dot count
    (https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html). ``.git`` and
    ``.windlass`` are never taken. ``discard-paths`` publishes all files in one folder. ``fingerprinted``
    tells from a path whether the name changes with the content.

    Raises BuildError where the folder is missing, outside of the app or made for a server, where a link
    leaves the app, and where no file matches. Emits Warned for a site without index.html and for files that
    look private.
    """
    app = working_folder(project, spec)
    base = find_output(app, spec, project)
    walk = Walk(app, _patterns(spec))
    paths = await asyncio.to_thread(walk.paths, base)
    for warning in walk.warnings:
        emit(warning)
    _check(app, base, paths, spec, emit)
    flat = flattened(paths, spec).items() if spec.frontend.artifacts.discard_paths else None
    rows = list(flat or zip(paths, paths, strict=True))
    described = await asyncio.to_thread(_describe_all, base.resolve(), rows, fingerprinted)
    return Bundle(
        base.resolve(),
        described,
        spec.redirects,
        spec.custom_headers,
        trailing_slash=spec.trailing_slash,
    )


def _patterns(spec: Spec) -> Patterns:
    from engine.build.patterns import Patterns

    try:
        return Patterns(spec.frontend.artifacts.files)
    except ValueError as error:
        raise BuildError(f"`artifacts.files`: {error}", where=where_of(spec, _FILES_KEY)) from error


def _check(app: Path, base: Path, paths: list[str], spec: Spec, emit: Emit) -> None:
    name = spec.frontend.artifacts.base_directory or "/"
    if not any(base.iterdir()):
        cause = likely_cause(app, spec) or ("the build wrote nothing", "did the build run?")
        where = where_of(spec, OUTPUT_KEY)
        raise BuildError(f"baseDirectory `{name}` is empty: {cause[0]}", where=where, hint=cause[1])
    if not paths:
        raise BuildError(
            f"no file in `{name}` matches `artifacts.files` ({', '.join(spec.frontend.artifacts.files)})",
            where=where_of(spec, _FILES_KEY),
            hint="the globs count from baseDirectory; `**/*` takes all files",
        )
    if "index.html" not in paths:
        emit(Warned(f"there is no index.html in `{name}`, so `/` answers 404", hint=_better(app, base)))
    private = [path for path in paths if _looks_private(path)]
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


def _describe_all(
    root: Path, rows: list[tuple[str, str]], fingerprinted: Callable[[str], bool]
) -> tuple[BundleFile, ...]:
    """``rows`` are pairs of the path it is published at and the one it has below ``root``."""
    batches = [rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH)]
    some = partial(_describe_some, root, fingerprinted)
    with ThreadPoolExecutor(_HASHERS, "windlass-hash") as pool:
        return tuple(file for files in pool.map(some, batches) for file in files)


def _describe_some(
    root: Path, fingerprinted: Callable[[str], bool], rows: list[tuple[str, str]]
) -> list[BundleFile]:
    return [_describe(root, fingerprinted, path, source) for path, source in rows]


def _describe(root: Path, fingerprinted: Callable[[str], bool], path: str, source: str) -> BundleFile:
    with (root / source).open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        size = content.tell()
    lasting = fingerprinted(path)
    cache_control = FOR_EVER if lasting else ASK_AGAIN
    own = "" if source == path else source
    return BundleFile(path, size, sha256, content_type(path), cache_control, lasting, own)
