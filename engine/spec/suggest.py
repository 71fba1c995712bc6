"""Which key was meant."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 64  # no key is longer, and comparing a huge one would take seconds


def same_but_case(key: str, known: Iterable[str]) -> str | None:
    """The known key that differs only in case, ``-`` and ``_``: ``pre_build`` -> ``preBuild``."""
    return next((name for name in known if _folded(name) == _folded(key)), None)


def closest(key: str, known: Iterable[str]) -> str | None:
    """The known key that ``key`` most likely was meant to be, or None."""
    names = tuple(known)
    if len(key) > _LONGEST:
        return None
    folded = {_folded(name): name for name in names}
    found = difflib.get_close_matches(_folded(key), folded, n=1, cutoff=0.6)
    return same_but_case(key, names) or (folded[found[0]] if found else None)


def hint(key: str, known: Iterable[str]) -> str:
    """A sentence: "Did you mean ...?", or the known keys where none is close."""
    names = tuple(known)
    meant = closest(key, names)
    return f"Did you mean `{meant}`?" if meant else f"Known here: {', '.join(names) or 'no keys'}."


def _folded(key: str) -> str:
    return re.sub(r"[-_ ]", "", key).lower()
