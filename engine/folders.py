"""Folders of the user that Windlass has a part of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def cache_folder(host: Mapping[str, str]) -> Path:
    """Windlass's part of the user's cache folder (XDG Base Directory Specification)."""
    base = host.get("XDG_CACHE_HOME") or Path(host.get("HOME", str(Path.home()))) / ".cache"
    return Path(base) / "windlass"
