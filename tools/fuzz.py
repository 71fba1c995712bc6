"""Feed the readers of amplify.yml and customHttp.yml with what coverage finds (https://github.com/google/atheris).

    python3.11 -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install -c constraints.txt atheris .
    /tmp/fuzz/bin/python tools/fuzz.py FOLDER_OF_SEEDS -max_total_time=300 -timeout=5 -rss_limit_mb=1000

What follows the options goes to libFuzzer (https://llvm.org/docs/LibFuzzer.html#options). A finding is an
exception, a slow input, or a mend that loses a comment; each becomes a case in tests/spec.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
with atheris.instrument_imports(include=["engine.spec"]):
    from engine.spec.examine import examine_headers, examine_spec
    from engine.spec.mend import mend

if TYPE_CHECKING:
    from collections.abc import Iterable


def read(data: bytes) -> None:
    """Whatever the bytes are, the readers raise nothing, and a mend keeps every comment."""
    examine_headers(data, "customHttp.yml")
    before = examine_spec(data, "amplify.yml")
    if not before.problems:
        return
    text = data.decode(errors="surrogateescape")
    mended = mend(text, "amplify.yml")
    if mended.problems and _comments(text) != _comments(mended.text):
        raise ValueError(f"comments have changed: {mended.problems}")


def _comments(text: str) -> Iterable[str]:
    return sorted(line.strip() for line in text.splitlines() if line.lstrip().startswith("#"))


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
