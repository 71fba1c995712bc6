"""What the npm registry has, asked once a day."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.toolchain.npm import NpmError
from engine.build.toolchain.versions import best

if TYPE_CHECKING:
    from pathlib import Path

    from engine.build.toolchain.npm import Npm

_FRESH = 24 * 3600.0  # seconds that an answer is good for


@dataclass(frozen=True, slots=True)
class Listing:
    """The versions and tags of a package. ``asked`` is when, in seconds since the epoch."""

    versions: list[str]
    tags: dict[str, str]
    asked: float

    def pick(self, wanted: str) -> str:
        """The version that a tag, a range or an exact version means here; "" where there is none."""
        return self.tags.get(wanted, "") or best(self.versions, wanted)

    def nearest(self, wanted: str) -> str:
        """The highest version of the same major as ``wanted``; "" where there is none."""
        return best(self.versions, wanted.lstrip("^~=>v ").partition(".")[0] or "*")


@dataclass(frozen=True)
class Registry:
    """Listings of packages, kept in ``folder``."""

    folder: Path
    npm: Npm

    async def listing(self, package: str, *, wanted: str = "") -> Listing:
        """What there is of ``package``: an answer of the last day, else a new one, else an old one.

        A new answer is asked for also where a fresh one does not have ``wanted``. Raises NpmError where there
        is no answer at all.
        """
        known = self._read(package)
        if known and time.time() - known.asked < _FRESH and (not wanted or known.pick(wanted)):
            return known
        try:
            versions, tags = await self.npm.view(package)
        except NpmError:
            if known:
                return known
            raise
        found = Listing(versions, tags, time.time())
        self._write(package, found)
        return found

    def _file(self, package: str) -> Path:
        return self.folder / f"{package.replace('/', '+')}.json"

    def _read(self, package: str) -> Listing | None:
        try:
            found = json.loads(self._file(package).read_text())
            return Listing(list(found["versions"]), dict(found["tags"]), float(found["asked"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _write(self, package: str, listing: Listing) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self._file(package)
        fresh = file.with_suffix(f".{time.time_ns()}")
        fresh.write_text(
            json.dumps({"asked": listing.asked, "tags": listing.tags, "versions": listing.versions})
        )
        fresh.replace(file)
