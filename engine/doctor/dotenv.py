"""The ``.env`` files of an app: names, values and lines.

https://vite.dev/guide/env-and-mode, https://nextjs.org/docs/app/guides/environment-variables
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_ENTRY = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_EXAMPLE = re.compile(r"example|sample|template|dist|default|schema|test", re.IGNORECASE)
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``NAME=value`` of ``file`` (a path from the project's folder), without quotes."""

    name: str
    value: str
    file: str
    line: int


def dotenv_files(names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` that a build reads: ``.env`` and ``.env.production``, not ``.env.example``."""
    return tuple(name for name in names if name.startswith(".env") and not _EXAMPLE.search(name))


def entries(folder: Path, file: str) -> Iterator[Entry]:
    """The entries of ``file``, in order; none where it cannot be read."""
    try:
        text = (folder / file).read_bytes()[:_LARGEST].decode(errors="replace")
    except OSError:
        return
    for found in _ENTRY.finditer(text):
        line = text.count("\n", 0, found.start(1)) + 1
        yield Entry(found[1], _unquoted(found[2]), file, line)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'`":
        return value[1:-1]
    return re.sub(r"\s+#.*$", "", value)
