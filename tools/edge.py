"""Make ``programs/edge.min.js``, which CloudFront gets, from ``programs/edge.js``: ``make edge``.

CloudFront takes 10 KB. esbuild leaves the blanks out and shortens the names inside of functions, and no more:
statements stay as they are, because the runtime knows less of the language than esbuild does.
"""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

ESBUILD = "esbuild@0.28.2"
IMPORT = "import cf from 'cloudfront';\n"  # without it, esbuild leaves the names of functions as they are
SOURCE = Path(__file__).parents[1] / "programs" / "edge.js"
MADE = SOURCE.with_name("edge.min.js")


def made() -> str:
    """The content that ``edge.min.js`` should have; needs npx."""
    command = ["npx", "--yes", ESBUILD, "--minify-whitespace", "--minify-identifiers", "--charset=utf8"]
    code = SOURCE.read_text(encoding="utf-8").replace(IMPORT, "")
    done = subprocess.run(
        [*command, "--log-level=error"], input=code.encode(), capture_output=True, check=True
    )
    return f"// From edge.js ({digest()}) by tools/edge.py.\n{IMPORT}{done.stdout.decode()}"


def digest() -> str:
    """What the first line names of the source that it was made from."""
    return hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]


if __name__ == "__main__":
    MADE.write_text(made(), encoding="utf-8")
