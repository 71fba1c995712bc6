"""What the emulator's process is told, and the environment that follows from it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.folders import cache_folder
from engine.target import LOCAL_ACCOUNT, LOCAL_REGION

if TYPE_CHECKING:
    from collections.abc import Mapping

_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME")


@dataclass(frozen=True, slots=True)
class Settings:
    """``folder`` is the project's data folder, ``port`` the one to listen on (0: any free one)."""

    folder: Path
    port: int

    def to_json(self) -> str:
        """The settings as one line of JSON."""
        return json.dumps(dataclasses.asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """The settings that :meth:`to_json` wrote."""
        data = json.loads(text)
        return cls(Path(data["folder"]), int(data["port"]))

    @property
    def data(self) -> Path:
        """Where the emulator's own files are."""
        return self.folder / "aws"


def functions_folder(settings: Settings, host: Mapping[str, str]) -> Path:
    """Where the functions of this project run: in the user's cache folder, not in the project."""
    project = hashlib.sha256(bytes(settings.data)).hexdigest()[:16]
    return cache_folder(host) / "running" / project


def child_environment(given: dict[str, str]) -> dict[str, str]:
    """The environment for the emulator's process, from ``given``, without any secret of the user's shell.

    Functions inherit it from the emulator (local-aws, section 7).
    """
    kept = {name: value for name, value in given.items() if name in _INHERITED or name.startswith("SSL_")}
    return {**kept, "PYTHONUTF8": "1"}


def emulator_environment(data: Path, port: int) -> dict[str, str]:
    """The variables that ministack reads when it is imported."""
    return {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_REGION": LOCAL_REGION,
        "MINISTACK_ACCOUNT_ID": LOCAL_ACCOUNT,
        "AUTH": "true",
        "IOT_MTLS_ENABLED": "0",  # binds 0.0.0.0:8883 otherwise
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(data / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(data / "s3"),
        "TMPDIR": str(data / "tmp"),
        "LOG_LEVEL": "WARNING",
        # ministack removes containers that it takes for its own: it gets no Docker.
        "DOCKER_HOST": f"unix://{data / 'no-docker.sock'}",
    }


# What functions do not see of this process's environment.
HIDDEN = frozenset({*emulator_environment(Path(), 0), "HOME", "PYTHONUTF8", "XDG_CACHE_HOME"})


def take_environment(settings: Settings, port: int) -> None:
    """Set this process's environment for ministack. Only the emulator's own process may call it."""
    for name in ("state", "s3", "tmp"):
        (settings.data / name).mkdir(parents=True, exist_ok=True)
    os.environ.pop("PYTHONPATH", None)
    os.environ.update(emulator_environment(settings.data, port))
