"""What lies beside the pages where the app's own folder is the site, and is not for visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ALWAYS = ("!amplify.yml", "!node_modules/**/*")  # there when the site is published, if not yet
_NOT_PAGES = {
    "package.json": "!package*.json",
    "README.md": "!README.md",
    "requirements.txt": "!requirements.txt",
    "Dockerfile": "!Dockerfile",
    "amplify": "!amplify/**/*",
    "customHttp.yml": "!customHttp.yml",
}


def unpublished(folder: Path) -> tuple[str, ...]:
    """The patterns of ``artifacts.files`` that leave it out."""
    return (*_ALWAYS, *_found(folder))


def _found(folder: Path) -> Iterator[str]:
    yield from (glob for name, glob in _NOT_PAGES.items() if (folder / name).exists())
    yield from ("!.env*",) if any(folder.glob(".env*")) else ()
