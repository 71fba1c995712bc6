"""Name what this machine lacks, and how to get it. Standard library only: nothing is set up yet."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

NODE = (20, 19)
TOOLS = {
    "git": "https://git-scm.com/downloads (Debian: apt-get install git)",
    "bash": "your system's package manager (Debian: apt-get install bash)",
    "node": "Node 20.19 or newer: https://nodejs.org/en/download",
    "npm": "it comes with Node: https://nodejs.org/en/download (Debian: apt-get install npm)",
}


def main() -> int:
    """Print what is missing; exit code 3 if anything is."""
    missing = [f"{tool} is missing: {where}" for tool, where in TOOLS.items() if shutil.which(tool) is None]
    if not missing and (found := node_version()) < NODE:
        missing.append(f"Node is {'.'.join(map(str, found))}: {TOOLS['node']}")
    if not has_venv():
        missing.append("Python's venv is missing (Debian: apt-get install python3-venv)")
    for line in missing:
        print(f"setup: {line}", file=sys.stderr)
    return 3 if missing else 0


def node_version() -> tuple[int, ...]:
    """Major and minor version of the Node on PATH."""
    printed = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    return tuple(int(part) for part in re.findall(r"\d+", printed)[:2])


def has_venv() -> bool:
    """Whether this Python can make a virtual environment with pip (Debian ships it apart)."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())
