"""9. The build cache: keeping a ``node_modules`` of 340 MB and 27,000 files, and putting it back."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import Figure
from engine.build.cache import Cache, restore_cache, save_cache
from engine.build.cache_key import CacheKey
from engine.build.cache_store import CacheStore
from engine.events import ignore
from engine.state.backend import StateBackend

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.workshop import Workshop

_TREE = Path(__file__).parent / ".cache" / "node-modules"  # made once
_PACKAGES = {
    **{"next": "14.2.15", "react": "18.3.1", "react-dom": "18.3.1", "typescript": "5.6.3"},
    **{"eslint": "8.57.1", "jest": "29.7.0", "webpack": "5.95.0", "date-fns": "4.1.0", "lodash": "4.17.21"},
    **{"@mui/material": "5.16.7", "@emotion/react": "11.13.3", "@emotion/styled": "11.13.0"},
}
_NPM = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


def measure(workshop: Workshop) -> list[Figure]:
    """Save and restore, against tar and gzip with the same tree, and against a first ``npm ci``."""
    tree = _tree()
    scratch = workshop.scratch / "cache"
    scratch.mkdir()
    ours, theirs, unchanged = [], [], []
    for _ in range(workshop.runs):  # in turns, so that a busy machine is busy for both
        shutil.rmtree(scratch)
        scratch.mkdir()
        ours.append(_seconds(lambda: _saved_and_restored(tree, scratch)))
        unchanged.append(_seconds(lambda: _saved(tree, scratch)))
        theirs.append(_seconds(lambda: _tar(tree, scratch)))
    installed = [_seconds(lambda: _npm_ci(tree, scratch)) for _ in range(min(workshop.runs, 2))]
    both, install = "cache: save + restore of node_modules", "`npm ci` without a cache"
    return [
        Figure(both, tuple(ours), instead="tar + gzip", theirs=tuple(theirs), goal=0.25, rule="ratio"),
        Figure(both, tuple(ours), instead=install, theirs=tuple(installed)),
        Figure("cache: save where nothing changed", tuple(unchanged)),
    ]


def _tree() -> Path:
    if not (_TREE / "node_modules" / ".package-lock.json").exists():
        _TREE.mkdir(parents=True, exist_ok=True)
        package = {"name": "bench-cache", "private": True, "dependencies": _PACKAGES}
        (_TREE / "package.json").write_text(json.dumps(package))
        _run("npm", "install", *_NPM, folder=_TREE)
    return _TREE


def _cache(root: Path, scratch: Path) -> Cache:
    store = CacheStore(StateBackend.folder(scratch / "store"))
    return Cache(store, CacheKey("bench", "main", "main", "lock", "20"), root, ("node_modules/**/*",))


def _saved(tree: Path, scratch: Path) -> None:
    asyncio.run(save_cache(_cache(tree, scratch), ignore))


def _saved_and_restored(tree: Path, scratch: Path) -> None:
    _saved(tree, scratch)
    (scratch / "ours").mkdir()
    assert asyncio.run(restore_cache(_cache(scratch / "ours", scratch), ignore))


def _tar(tree: Path, scratch: Path) -> None:
    (scratch / "theirs").mkdir()
    _run("tar", "-czf", str(scratch / "node_modules.tar.gz"), "node_modules", folder=tree)
    _run("tar", "-xzf", str(scratch / "node_modules.tar.gz"), folder=scratch / "theirs")


def _npm_ci(tree: Path, scratch: Path) -> None:
    folder = scratch / "fresh"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(tree / name, folder / name)
    _run("npm", "ci", *_NPM, "--cache", str(folder / ".npm"), folder=folder)


def _run(*line: str, folder: Path) -> None:
    subprocess.run(line, cwd=folder, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "CI": "true"})


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
