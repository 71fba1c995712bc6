"""Where AWS is not as the stack remembers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One property of one resource that was changed by others than Windlass.

    ``path`` is the property as Pulumi writes it (``ttl.enabled``), "" where the whole resource is gone;
    ``recorded`` is what was deployed, ``actual`` what AWS has. Secrets are ``[secret]``.
    """

    type: str
    name: str
    urn: str
    path: str
    recorded: Any = None
    actual: Any = None

    @property
    def gone(self) -> bool:
        """Whether the resource is not there any more."""
        return not self.path
