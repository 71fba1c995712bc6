"""What a build made, in one form whatever the framework."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from engine.spec.model import HeaderRule, Redirect


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of a bundle.

    ``path`` is relative with ``/`` and no leading slash, ``size`` in bytes, ``sha256`` in hex.
    ``fingerprinted`` says that the name changes whenever the content does, so that browsers and edges may
    keep the file for ever.
    """

    path: str
    size: int
    sha256: str
    content_type: str
    cache_control: str
    fingerprinted: bool


@dataclass(frozen=True)
class Bundle:
    """Static files below ``root``, sorted by path, with the redirects and headers that go with them."""

    root: Path
    files: tuple[BundleFile, ...]
    redirects: tuple[Redirect, ...] = ()
    headers: tuple[HeaderRule, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over everything that is published: same digest, same release."""
        lines = [
            [f.path, f.sha256, f.size, f.content_type, f.cache_control, f.fingerprinted] for f in self.files
        ]
        rules = [r.model_dump(mode="json") for r in (*self.redirects, *self.headers)]
        return hashlib.sha256(json.dumps([lines, rules], separators=(",", ":")).encode()).hexdigest()

    @cached_property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(f.size for f in self.files)
