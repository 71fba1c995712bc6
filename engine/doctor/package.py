"""A package.json, with the line of what it says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.build.toolchain.manifest import text_in
from engine.errors import Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KINDS = ("dependencies", "devDependencies", "optionalDependencies")


@dataclass(frozen=True)
class PackageFile:
    """``text`` is what is in ``path``. What is not as npm wants it says nothing."""

    path: Path
    text: str

    @cached_property
    def data(self) -> dict[str, Any]:
        """The whole file; empty where it is no JSON object."""
        try:
            found = json.loads(self.text)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def fault(self) -> tuple[str, int] | None:
        """What is wrong with the JSON and in which line; None if it is right."""
        try:
            json.loads(self.text)
        except json.JSONDecodeError as error:
            return error.msg, error.lineno
        except RecursionError:
            return "it is nested too deep", 1
        return None

    @property
    def scripts(self) -> dict[str, str]:
        """The scripts by name."""
        return self._texts("scripts")

    @cached_property
    def needs(self) -> dict[str, str]:
        """The versions of what is needed to build and run, by package; peers are left out."""
        return {name: version for kind in _KINDS for name, version in self._texts(kind).items()}

    @property
    def node(self) -> str:
        """``engines.node``; "" without it."""
        return text_in(self.data, "engines", "node")

    def wanted(self) -> Iterator[tuple[str, str, str]]:
        """Kind, package and version of every entry of :attr:`needs`."""
        for kind in _KINDS:
            yield from ((kind, name, version) for name, version in self._texts(kind).items())

    def where(self, *keys: str) -> Where:
        """The place of the last of nested ``keys``; the whole file where it is not found."""
        at = 0
        for key in keys:
            found = re.compile(rf"{re.escape(json.dumps(key))}\s*:").search(self.text, at)
            if found is None:
                return Where(str(self.path))
            at = found.end()
        return Where(str(self.path), self.text.count("\n", 0, at) + 1)

    def _texts(self, key: str) -> dict[str, str]:
        table = self.data.get(key)
        items = table.items() if isinstance(table, dict) else ()
        return {name: value for name, value in items if isinstance(value, str)}


def read_package(folder: Path) -> PackageFile | None:
    """The package.json of ``folder``; None where there is none."""
    path = folder / "package.json"
    try:
        return PackageFile(path, path.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:
        return None
