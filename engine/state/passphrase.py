"""The passphrase that encrypts secrets in Pulumi's state, found again on every machine that has the state."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.state.backend import StateBackend

_FILE = "windlass/passphrase"


def passphrase(state: StateBackend, host: Mapping[str, str]) -> str:
    """The passphrase of ``state``: ``WINDLASS_PASSPHRASE`` of the host, else one made once and kept.

    Beside a ``file://`` state it is a file that only its owner reads; for an ``s3://`` state it is a
    SecureString of the SSM Parameter Store of the same account, so that who reads the bucket alone learns
    nothing. A policy with ``secrets_provider: awskms://...`` needs none.
    """
    given = host.get("WINDLASS_PASSPHRASE") or host.get("PULUMI_CONFIG_PASSPHRASE")
    if given:
        return given
    return _from_file(state, state.path) if state.path is not None else _from_parameter(state)


def _from_file(state: StateBackend, folder: Path) -> str:
    if state.read(_FILE) is None:
        state.create(_FILE, secrets.token_urlsafe(32).encode())
    (folder / _FILE).chmod(0o600)
    return (state.read(_FILE) or b"").decode()


def _from_parameter(state: StateBackend) -> str:
    ssm = state.client("ssm")
    name = f"/windlass/passphrase/{hashlib.sha256(state.url.encode()).hexdigest()[:16]}"
    kept = _parameter(ssm, name)
    if kept is None:
        with suppress(ssm.exceptions.ParameterAlreadyExists):  # another machine was first
            ssm.put_parameter(Name=name, Value=secrets.token_urlsafe(32), Type="SecureString")
        kept = _parameter(ssm, name)
    return kept or ""


def _parameter(ssm: Any, name: str) -> str | None:
    try:
        return str(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])
    except ssm.exceptions.ParameterNotFound:
        return None
