"""The secrets that a backend asks for by name: for its functions, and for sign-in with other providers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.spec.backend.sign_in import Apple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.spec.backend.auth import Auth
    from engine.spec.backend.backend import Backend


@dataclass(frozen=True, slots=True)
class AskedSecret:
    """A secret, the key of the spec that names it, and whom it is given ``to``: ``function work``."""

    name: str
    key: tuple[str | int, ...]
    to: str


def asked_secrets(backend: Backend) -> tuple[AskedSecret, ...]:
    """Every secret, as often as it is asked for."""
    return (*_of_functions(backend), *(_of_sign_in(backend.auth) if backend.auth else ()))


def _of_functions(backend: Backend) -> Iterator[AskedSecret]:
    for function, wanted in backend.functions.items():
        for number, name in enumerate(wanted.secrets):
            key = ("backend", "functions", function, "secrets", number)
            yield AskedSecret(name, key, f"function {function}")


def _of_sign_in(auth: Auth) -> Iterator[AskedSecret]:
    for name, provider in auth.social.named.items():
        field = "private_key" if isinstance(provider, Apple) else "client_secret"
        yield AskedSecret(
            getattr(provider, field), ("backend", "auth", "social", name, field), f"sign-in with {name}"
        )
    for name, oidc in auth.oidc.items():
        key = ("backend", "auth", "oidc", name, "client_secret")
        yield AskedSecret(oidc.client_secret, key, f"sign-in with {name}")
