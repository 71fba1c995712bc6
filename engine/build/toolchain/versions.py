"""Versions by npm's own rules, and the names that Node's have in nvm."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# https://github.com/nodejs/Release/blob/main/CODENAMES.md: name -> (major, year); a line becomes LTS at the
# end of October of its year.
_CODENAMES = {
    "argon": (4, 2015),
    "boron": (6, 2016),
    "carbon": (8, 2017),
    "dubnium": (10, 2018),
    "erbium": (12, 2019),
    "fermium": (14, 2020),
    "gallium": (16, 2021),
    "hydrogen": (18, 2022),
    "iron": (20, 2023),
    "jod": (22, 2024),
    "krypton": (24, 2025),
    "lithium": (26, 2026),
    "magnesium": (27, 2027),
    "neon": (28, 2028),
    "oxygen": (29, 2029),
    "platinum": (30, 2030),
}
_NEWEST = frozenset({"node", "stable", "latest", "current"})
_EXACT = re.compile(r"v?(\d+\.\d+\.\d+(?:-[\w.]+)?)")


def lts_lines(today: datetime.date) -> tuple[int, ...]:
    """The majors of Node that are, or were, LTS by ``today``, the oldest first."""
    return tuple(major for major, year in _CODENAMES.values() if today >= datetime.date(year, 10, 28))


def codenames() -> Mapping[str, int]:
    """The LTS lines by name: ``gallium`` -> 16."""
    return {name: major for name, (major, _) in _CODENAMES.items()}


def range_of(text: str, today: datetime.date) -> str:
    """The npm range or tag that ``text`` means: a range, ``v18.17``, ``lts/*``, ``lts/gallium``, ``lts/-1``,
    ``node`` (the newest: ``latest``).

    The names are nvm's (https://github.com/nvm-sh/nvm#usage). A name nobody knows is given back as it is.
    """
    plain = text.strip().lower()
    if plain in _NEWEST:
        return "latest"
    if plain in ("lts", "lts/*"):
        return str(lts_lines(today)[-1])
    name = plain.removeprefix("lts/")
    if name in _CODENAMES:
        return str(_CODENAMES[name][0])
    if re.fullmatch(r"-[1-9]", name) and plain != name:
        return str(lts_lines(today)[-1 + int(name)])
    return re.sub(r"^(node-)?v(?=\d)", "", plain)


def exact(text: str) -> str:
    """The version, if ``text`` is a whole one (``v18.17.1``); else ""."""
    found = _EXACT.fullmatch(text.strip())
    return found.group(1) if found else ""


def best(versions: Iterable[str], wanted: str) -> str:
    """The highest of ``versions`` in the npm range ``wanted``; "" where there is none, or no such range."""
    import nodesemver

    try:
        return nodesemver.max_satisfying(list(versions), wanted, loose=True) or ""
    except ValueError:
        return ""


def satisfies(version: str, wanted: str) -> bool:
    """Whether ``version`` is in the npm range ``wanted``."""
    return bool(version) and best([version], wanted) != ""
