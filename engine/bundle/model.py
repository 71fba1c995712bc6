"""What a build made, in one form whatever the framework."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from engine.bundle.origin import Origin
    from engine.spec.model import HeaderRule, Redirect


ASK_AGAIN = "public, max-age=0, must-revalidate"  # Cache-Control of a name whose content may change


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of a bundle.

    ``path`` is relative with ``/`` and no leading slash, ``size`` in bytes, ``sha256`` in hex.
    ``fingerprinted`` says that the name changes whenever the content does, so that browsers and edges may
    keep the file for ever. ``source`` is where the file is below the bundle's root, if not at ``path``.
    """

    path: str
    size: int
    sha256: str
    content_type: str
    cache_control: str
    fingerprinted: bool
    source: str = ""


@dataclass(frozen=True)
class Bundle:
    """Static files below ``root``, sorted by path, with the redirects and headers that go with them.

    The rules are those for all environments: which of them apply is seen when it is published.
    ``trailing_slash`` is ``add``, ``remove``, ``keep`` or None (as Amplify does). ``origin`` says what it was
    built for, where that is known; it is no part of the digest.
    """

    root: Path
    files: tuple[BundleFile, ...]
    redirects: tuple[Redirect, ...] = ()
    headers: tuple[HeaderRule, ...] = ()
    origin: Origin | None = None
    trailing_slash: str | None = None

    def file(self, file: BundleFile) -> Path:
        """Where ``file`` is on this machine."""
        return self.root / (file.source or file.path)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over everything that is published: same digest, same release."""
        digest = hashlib.sha256()
        for f in self.files:
            line = [f.path, f.sha256, f.size, f.content_type, f.cache_control, f.fingerprinted]
            digest.update(json.dumps(line).encode())
        rules = [r.model_dump(mode="json") for r in (*self.redirects, *self.headers)]
        digest.update(json.dumps([rules, self.trailing_slash]).encode())
        return digest.hexdigest()

    @cached_property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(f.size for f in self.files)
