"""``cache.paths`` of the spec, kept from one build to the next.

One zstd-compressed tar per app and branch, written beside and renamed, with a signature of what is in it, so
that nothing is written where nothing changed. zstd because gzip takes nine times as long for a
``node_modules``. A build never fails for its cache: what goes wrong is a Warned event.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from engine.build.steps import where_of
from engine.events import LogLine, Warned, ignore

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.build.patterns import Patterns
    from engine.events import Emit
    from engine.spec.model import Spec

_UNFINISHED = ".unfinished-"
_FRESH = ".windlass-cache"  # beside what it is for, so that a rename moves it
_ABANDONED = 3600.0  # seconds after which an unfinished archive is nobody's
_ELSEWHERE = re.compile(r"!?(/|~|.*\$|(.*/)?\.\.(/|$))")


async def restore_cache(
    folder: Path, root: Path, spec: Spec, branch: str, emit: Emit, *, base: str = "main"
) -> bool:
    """Put back what was kept for ``branch``; gives whether there was anything.

    ``folder`` holds the caches, ``root`` is where ``cache.paths`` count from (see
    :func:`engine.build.steps.working_folder`); builds there must take turns. A branch without a cache of its
    own starts from that of ``base``, and from no other: what a pull request kept must not reach production.
    A folder that is there and not empty is left as it is. An archive that cannot be read, or that would write
    elsewhere, is deleted with a Warned event.
    """
    candidates = (_archive(folder, spec, name) for name in (branch, base))
    archive = next((path for path in candidates if path.is_file()), None)
    patterns = _patterns(spec, emit)
    if archive is None or patterns is None:
        return False
    from engine.build.archive import BrokenArchiveError

    try:
        count = await asyncio.to_thread(_restore, archive, root, patterns)
    except BrokenArchiveError as error:
        archive.unlink(missing_ok=True)
        emit(Warned(f"the build cache {archive.name} was broken and is dropped: {error}"))
        return False
    except OSError as error:
        emit(Warned(f"the build cache {archive.name} could not be restored: {error}"))
        return False
    if count:
        emit(LogLine("cache", f"restored {count} files from {archive.name}"))
    return count > 0


async def save_cache(folder: Path, root: Path, spec: Spec, branch: str, emit: Emit) -> bool:
    """Keep what ``cache.paths`` names below ``root`` for ``branch``; gives whether anything was written.

    Nothing is written where paths, sizes and times are those of the archive that is there. Links that leave
    ``root`` are not kept, and neither are ``.git`` and ``.windlass``.
    """
    patterns = _patterns(spec, ignore)  # the restore has warned already
    if patterns is None:
        return False
    archive = _archive(folder, spec, branch)
    try:
        count = await asyncio.to_thread(_save, archive, root, patterns)
    except OSError as error:
        emit(Warned(f"the build cache could not be written: {error}"))
        return False
    if count:
        emit(LogLine("cache", f"kept {count} files in {archive.name}"))
    return count > 0


def _archive(folder: Path, spec: Spec, branch: str) -> Path:
    return folder / _slug(f"{spec.app}/{spec.app_root}") / f"{_slug(branch)}.tar.zst"


def _slug(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return f"{plain}-{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:10]}"


def _patterns(spec: Spec, emit: Emit) -> Patterns | None:
    kept = []
    for index, path in enumerate(spec.frontend.cache.paths):
        if _ELSEWHERE.match(path.strip()):
            emit(_warning(spec, index, path, "is outside of the app"))
        else:
            kept.append(path)
    if not kept:
        return None
    from engine.build.patterns import Patterns

    try:
        return Patterns(kept)
    except ValueError as error:
        emit(_warning(spec, 0, ", ".join(kept), f"is no usable glob ({error})"))
        return None


def _warning(spec: Spec, index: int, path: str, reason: str) -> Warned:
    return Warned(
        f"cache path `{path}` {reason} and is not kept",
        hint="name folders of the app, such as `node_modules/**/*` or `.npm/**/*`; nothing is expanded",
        where=str(where_of(spec, f"frontend.cache.paths[{index}]") or ""),
    )


def _save(archive: Path, root: Path, patterns: Patterns) -> int:
    from engine.build.archive import entries_of, pack, signature_in, signature_of

    entries = entries_of(root, patterns)
    signature = signature_of(entries)
    if not entries or signature_in(archive) == signature:
        return 0
    archive.parent.mkdir(parents=True, exist_ok=True)
    _sweep(archive.parent)
    descriptor, name = tempfile.mkstemp(dir=archive.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as unfinished:
            pack(unfinished, entries, signature)
        Path(name).replace(archive)
    finally:
        Path(name).unlink(missing_ok=True)
    return len(entries)


def _restore(archive: Path, root: Path, patterns: Patterns) -> int:
    from engine.build.archive import unpack

    wanted = _wanted(root, patterns)
    if wanted is None:
        return 0
    fresh = root / _FRESH
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        count = unpack(archive, fresh, wanted)
        _move_in(fresh, root, patterns)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count


def _wanted(root: Path, patterns: Patterns) -> Callable[[str], bool] | None:
    there = tuple(f"{folder}/" for folder in patterns.folders if _is_there(root / folder))
    if len(there) == len(patterns.include):
        return None

    def wanted(path: str) -> bool:
        return patterns.matches(path) and not path.startswith(there) and not os.path.lexists(root / path)

    return wanted


def _is_there(path: Path) -> bool:
    if path.is_symlink() or not path.is_dir():
        return os.path.lexists(path)
    return any(path.iterdir())


def _move_in(fresh: Path, root: Path, patterns: Patterns) -> None:
    # A folder is renamed as a whole, so that a crash leaves no half of it to be taken for all of it.
    for folder in patterns.folders:
        if (fresh / folder).is_dir():
            _move(fresh / folder, root / folder, root)
    for found in [path for path in fresh.rglob("*") if path.is_symlink() or path.is_file()]:
        _move(found, root / found.relative_to(fresh), root)


def _move(source: Path, target: Path, root: Path) -> None:
    if not target.parent.resolve().is_relative_to(root.resolve()) or _is_there(target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        target.rmdir()
    shutil.move(source, target)


def _sweep(folder: Path) -> None:
    for unfinished in folder.glob(f"{_UNFINISHED}*"):
        if time.time() - unfinished.stat().st_mtime > _ABANDONED:
            unfinished.unlink(missing_ok=True)
