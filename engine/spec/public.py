"""Variables that frameworks write into what browsers load, by the prefixes of the table of frameworks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def public_prefix(name: str, prefixes: Collection[str] | None = None) -> str:
    """The prefix by which a framework makes the variable ``name`` public; "" where none does. ``prefixes``
    are those of one framework; None: of all.

    >>> public_prefix("VITE_API")
    'VITE_'
    """
    known = _all() if prefixes is None else prefixes
    return next((prefix for prefix in known if name.startswith(prefix)), "")


def public_prefixes(project: Path, app_root: str) -> Collection[str]:
    """Those of the framework of the app in ``app_root`` of ``project``; of all, where it is not known."""
    own = _own(project, app_root)
    return _all() if own is None else own


def main_public_prefix(project: Path, app_root: str) -> str:
    """The prefix to give variables that the app's browsers are to know; "" where no framework has one."""
    return next(iter(_own(project, app_root) or ()), "")


def _own(project: Path, app_root: str) -> tuple[str, ...] | None:
    from engine.detection.recognize import recognize
    from engine.detection.source import source_of

    found = recognize(source_of(project, app_root))
    return found[0].public_prefixes if found else None


@cache
def _all() -> tuple[str, ...]:
    from engine.detection.frameworks import FRAMEWORKS

    return tuple(dict.fromkeys(prefix for framework in FRAMEWORKS for prefix in framework.public_prefixes))
