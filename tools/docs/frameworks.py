"""The frameworks that ``windlass init`` knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.detection.frameworks import FRAMEWORKS
from tools.docs.markdown import code, prose, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.detection.model import Framework


def frameworks() -> str:
    """Every framework: how it is told, where its site is, what reaches the browser."""
    columns = ("framework", "told by", "output", "variables for the browser", "a static site")
    return table(columns, [_row(framework) for framework in FRAMEWORKS])


def _row(framework: Framework) -> tuple[str, ...]:
    server = framework.rendering == "server"
    return (
        framework.name,
        _codes(framework.packages or framework.files),
        code(framework.output),
        _codes(f"{prefix}*" for prefix in framework.public_prefixes),
        prose(framework.hint) if server else "yes",
    )


def _codes(texts: Iterable[str]) -> str:
    return ", ".join(code(text) for text in texts)
