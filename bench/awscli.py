"""The AWS CLI from PyPI, in a virtual environment of its own: it pins another botocore than Windlass has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.process import run

if TYPE_CHECKING:
    from bench.peer import Peer
    from bench.process import Counted, Done

_FOLDER = Path(__file__).resolve().parent / ".cache" / "awscli"


def aws(peer: Peer, endpoint: str, *arguments: str, counted: Counted | None = None) -> Done:
    """Run the AWS CLI; it is installed below ``bench/.cache`` if it is not there yet."""
    program = _FOLDER / "bin" / "aws"
    if not program.exists():
        _install()
    line = [str(program), "--endpoint-url", endpoint, *arguments]
    return run(line, peer.folder, peer.environment, counted)


def _install() -> None:
    subprocess.run([sys.executable, "-m", "venv", str(_FOLDER)], check=True)
    pip = [str(_FOLDER / "bin" / "python"), "-m", "pip", "install", "-q", "awscli"]
    subprocess.run(pip, check=True)
