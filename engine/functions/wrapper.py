"""The file that gives a function its secrets when it starts, for functions that have any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.spec.backend.functions import Function

HANDLER = "windlass_secrets.handler"
_FILES = {"python": "windlass_secrets.py", "node": "windlass_secrets.mjs"}


def wrapper_of(function: Function) -> Path | None:
    """The file, to stand at the top of the function's archive; None for a function without secrets."""
    return Path(__file__).with_name("start") / _FILES[function.language] if function.secrets else None
