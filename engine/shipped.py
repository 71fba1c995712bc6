"""Data files that come with Windlass."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """The path of a shipped file or folder (``stacks``, ``tools/pulumi``): inside the installed package, or
    at the root of a checkout.
    """
    here = Path(__file__).resolve().parent
    packed = here / "_shipped" / name
    return packed if packed.exists() else here.parent / name
