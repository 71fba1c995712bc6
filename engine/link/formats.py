"""Outputs in the formats that tools read."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN = re.compile(r"[\w./:@%+,=-]*")


def as_json(outputs: Mapping[str, Any]) -> str:
    """JSON, indented."""
    return json.dumps(outputs, indent=2)


def as_dotenv(outputs: Mapping[str, str]) -> str:
    """A ``.env`` file: ``NAME="value"`` a line, names in capitals."""
    return "\n".join(f"{name.upper()}={_quoted(value)}" for name, value in outputs.items())


def as_typescript(outputs: Mapping[str, str]) -> str:
    """A TypeScript module whose default export has every output, each of its literal type."""
    return f"const outputs = {json.dumps(outputs, indent=2)} as const\n\nexport default outputs"


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
