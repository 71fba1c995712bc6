"""Globs of ``amplify.yml`` (``artifacts.files``, ``cache.paths``), read as Amplify does."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from wcmatch import glob
from wcmatch._wcparse import PatternLimitException  # exported nowhere else

if TYPE_CHECKING:
    from collections.abc import Iterable

_FLAGS = glob.GLOBSTAR | glob.BRACE | glob.EXTGLOB | glob.DOTGLOB | glob.FORCEUNIX
_MAGIC = re.compile(r"[*?\[{(]")
_EVERYTHING = re.compile(r"/\*{2,}(/\*+)?$")


class Patterns:
    """A list of globs, those with a leading ``!`` taking away; paths are relative with ``/``.

    ``**`` crosses folders and names with a leading dot count; a name without wildcards stands for the file
    or for all of the folder. Raises ValueError for braces that stand for more than a thousand names.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        tidied = [_tidy(pattern) for pattern in patterns]
        self.include = tuple(p for p in tidied if not _negates(p))
        self.exclude = tuple(_tidy(p[1:]) for p in tidied if _negates(p))
        self._literal = frozenset(self.include)
        self._included = _compile(_with_contents(self.include))
        self._excluded = _compile(_with_contents(self.exclude))
        self._pruned = _compile(_EVERYTHING.sub("", p) for p in self.exclude)

    def matches(self, path: str) -> bool:
        """Whether the file at ``path`` belongs to what the patterns name."""
        if _any(self._excluded, path):
            return False
        return path in self._literal or _any(self._included, path)

    def prunes(self, folder: str) -> bool:
        """Whether nothing below ``folder`` can match, because a ``!`` pattern takes all of it away."""
        return _any(self._pruned, folder)

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The folders that are named as a whole: ``node_modules/**/*`` names ``node_modules``."""
        names = (_EVERYTHING.sub("", pattern) for pattern in self.include)
        return tuple(sorted({name for name in names if name and not _MAGIC.search(name)}))

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """The folders (or files) below which everything that matches is; ``""`` for all."""
        found = sorted({_start(pattern) for pattern in self.include})
        return tuple(s for s in found if not any(_below(s, other) for other in found if other != s))


def _negates(pattern: str) -> bool:
    return pattern.startswith("!") and not pattern.startswith("!(")


def _tidy(pattern: str) -> str:
    plain = re.sub(r"\*{3,}", "**", pattern.strip())
    return re.sub(r"^(\./|/)+", "", plain).rstrip("/") or "**"


def _with_contents(patterns: Iterable[str]) -> Iterable[str]:
    for pattern in patterns:
        yield pattern
        if pattern.endswith("/**"):
            yield f"{pattern}/*"
        elif not _MAGIC.search(pattern):
            yield f"{pattern}/**"


def _compile(patterns: Iterable[str]) -> list[re.Pattern[str]]:
    try:
        included, _ = glob.translate(list(patterns), flags=_FLAGS)
    except PatternLimitException as error:
        raise ValueError("the pattern stands for more than a thousand names") from error
    return [re.compile(expression) for expression in included]


def _any(expressions: list[re.Pattern[str]], path: str) -> bool:
    return any(expression.match(path) for expression in expressions)


def _start(pattern: str) -> str:
    if not _MAGIC.search(pattern):
        return pattern
    return pattern[: _MAGIC.search(pattern).start()].rpartition("/")[0]  # type: ignore[union-attr]


def _below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
