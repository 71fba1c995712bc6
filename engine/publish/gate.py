"""Basic authentication for a whole environment: what the edge compares a visitor's password with."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

from engine.errors import UsageError

_MOST = 8


@dataclass(frozen=True, slots=True)
class Gate:
    """The logins of an environment, each ``user:password``; ``salt`` is the environment's own."""

    salt: str
    logins: tuple[str, ...] = field(repr=False)

    @property
    def entry(self) -> list[str]:
        """The salt, then SHA-256 (hex) of it and of each login as HTTP sends it."""
        hashes = (hashlib.sha256(f"{self.salt}{_sent(login)}".encode()) for login in self.logins)
        return [self.salt, *(digest.hexdigest() for digest in hashes)]

    @property
    def header(self) -> dict[str, str]:
        """The request header that passes."""
        return {"Authorization": f"Basic {_sent(self.logins[0])}"}


def gate_of(secret: str, name: str, environment: str) -> Gate:
    """The gate of ``environment`` (app and environment) from the value of the secret ``name``.

    Raises UsageError, without the value, where it is not one or a few lines of ``user:password``.
    """
    logins = tuple(line.strip() for line in secret.splitlines() if line.strip())
    if not logins or len(logins) > _MOST or not all(_is_login(login) for login in logins):
        raise UsageError(
            f"the secret {name} is no login",
            hint=f"Its value is `user:password`, or up to {_MOST} of them, one a line.",
        )
    return Gate(hashlib.sha256(environment.encode()).hexdigest()[:16], logins)


def _is_login(login: str) -> bool:
    user, colon, password = login.partition(":")
    return bool(user and colon and password)


def _sent(login: str) -> str:
    # RFC 7617, 2: base64 of user:password; UTF-8, as the edge asks for (2.1).
    return base64.b64encode(login.encode()).decode()
