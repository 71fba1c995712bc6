"""``cache.paths`` of the spec, kept from one build to the next.

One archive per app, environment, lock files and version of Node, with a signature of what is in
it, so that nothing is written where nothing changed. zstd because gzip takes nine times as long for a
``node_modules``. A build never fails for its cache: what goes wrong is a Warned event.

Unlike Amplify, ``node_modules/.cache`` is kept with ``node_modules``
(https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html says that it is dropped):
it holds what Babel, webpack and others need not do again. ``!node_modules/.cache/**`` leaves it out.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.cache_store import TooLargeError
from engine.errors import WindlassError
from engine.events import LogLine, Warned
from engine.spec.cache_paths import leaves_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from engine.build.archive import Source
    from engine.build.cache_key import CacheKey
    from engine.build.cache_store import CacheStore
    from engine.build.patterns import Patterns
    from engine.events import Emit

_FRESH = ".windlass-cache"  # beside what it is for, so that a rename moves it


@dataclass(frozen=True, slots=True)
class Cache:
    """The cache of one build: ``paths`` are globs that count from ``root`` (see
    :func:`engine.build.steps.working_folder`); builds there must take turns.
    """

    store: CacheStore
    key: CacheKey
    root: Path
    paths: tuple[str, ...]


async def restore_cache(cache: Cache, emit: Emit) -> bool:
    """Put back what was kept (see :meth:`CacheKey.best` for by whom); gives whether there was anything.

    A folder that is there and not empty is left as it is. An archive that cannot be read, or that holds what
    no build keeps, is deleted with a Warned event.
    """
    return bool(await _attempted(_restore, cache, emit, "restored"))


async def save_cache(cache: Cache, emit: Emit) -> bool:
    """Keep what the paths name; gives whether anything was written.

    Nothing is written where paths, sizes and times are those of the archive that is there. Links that leave
    ``root`` are not kept, and neither are ``.git`` and ``.windlass``. Old archives of the app are deleted.
    """
    return bool(await _attempted(_save, cache, emit, "written"))


async def _attempted(
    work: Callable[[Cache, Patterns, Emit], int], cache: Cache, emit: Emit, done: str
) -> int:
    try:
        patterns = _patterns(cache.paths)
        if patterns is None:
            return 0
        told: list[LogLine | Warned] = []
        try:
            return await asyncio.to_thread(work, cache, patterns, told.append)  # type: ignore[arg-type]
        finally:
            for event in told:
                emit(event)
    except _harmless() as error:
        emit(Warned(f"the build cache could not be {done}: {error}", hint="the build goes on without it"))
        return 0


def _harmless() -> tuple[type[Exception], ...]:
    from botocore.exceptions import BotoCoreError
    from obstore.exceptions import BaseError

    return (OSError, ValueError, WindlassError, TooLargeError, BaseError, BotoCoreError)


def _patterns(paths: tuple[str, ...]) -> Patterns | None:
    from engine.build.patterns import Patterns

    kept = [path for path in paths if not leaves_app(path)]  # the reader of the spec warns of the others
    return Patterns(kept) if kept else None


def _restore(cache: Cache, patterns: Patterns, emit: Emit) -> int:
    from engine.build.archive import BrokenArchiveError

    for folder in cache.key.folders:
        path = cache.key.best([kept.path for kept in cache.store.newest_first(folder)])
        if path is None:
            continue
        try:
            count = _unpack(cache.store.read(path), cache.root, patterns)
        except BrokenArchiveError as error:
            cache.store.delete(path)
            emit(Warned(f"the build cache {path} was broken and is dropped: {error}"))
            continue
        if count:
            emit(LogLine("cache", f"restored {count} files from {path}"))
        return count
    return 0


def _save(cache: Cache, patterns: Patterns, emit: Emit) -> int:
    from engine.build.archive import entries_of, index_of, packed, signature_of

    entries = entries_of(cache.root, patterns)
    index = index_of(entries)
    if not entries or _signature_kept(cache) == signature_of(index):
        return 0
    size = cache.store.write(cache.key.own, packed(entries, index))
    emit(LogLine("cache", f"kept {len(entries)} files, {size / 1e6:.1f} MB, in {cache.key.own}"))
    if gone := cache.store.prune(cache.key.app, {cache.key.own, *_base(cache)}):
        emit(LogLine("cache", f"deleted {gone} older archives"))
    return len(entries)


def _signature_kept(cache: Cache) -> str | None:
    from engine.build.archive import signature_in

    try:
        return signature_in(cache.store.read(cache.key.own, all_of_it=False))
    except FileNotFoundError:
        return None


def _base(cache: Cache) -> list[str]:
    """What new environments would start from: it must not be pushed out by those of previews."""
    best = cache.key.best([kept.path for kept in cache.store.newest_first(cache.key.folders[-1])])
    return [best] if best else []


def _unpack(source: Source, root: Path, patterns: Patterns) -> int:
    from engine.build.unpack import unpack

    wanted = _wanted(root, patterns)
    if wanted is None:
        return 0
    fresh = root / _FRESH
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        count = unpack(source, fresh, wanted)
        _move_in(fresh, root, patterns)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count


def _wanted(root: Path, patterns: Patterns) -> Callable[[str], bool] | None:
    there = tuple(f"{folder}/" for folder in patterns.folders if _is_there(root / folder))
    empty = tuple(f"{folder}/" for folder in patterns.folders if f"{folder}/" not in there)
    if len(there) == len(patterns.include):
        return None

    def wanted(path: str) -> bool:
        if not patterns.matches(path) or path.startswith(there):
            return False
        return path.startswith(empty) or not os.path.lexists(root / path)

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
