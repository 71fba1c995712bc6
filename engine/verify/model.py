"""What verifying takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from engine.publish.gate import Gate
    from engine.publish.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: a stable name, whether it is as it should be, and what was seen."""

    name: str
    passed: bool
    message: str


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """``manifest`` should be live at ``url`` (scheme and host) at most ``patience`` seconds from now.

    ``gate`` is the login that it asks for.
    """

    url: str
    manifest: Manifest
    patience: float | None = None
    gate: Gate | None = None

    @property
    def local(self) -> bool:
        """Whether the URL is on this machine."""
        return is_local(self.url)

    @property
    def seconds(self) -> float:
        """How long to wait: by default 15 on this machine, 120 for CloudFront."""
        return self.patience if self.patience is not None else 15.0 if self.local else 120.0


def is_local(url: str) -> bool:
    """Whether a URL is on this machine: ``*.localhost`` is loopback (RFC 6761, 6.3)."""
    host = urlsplit(url).hostname or ""
    return host == "localhost" or host.endswith(".localhost")
