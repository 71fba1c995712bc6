"""Runs over a folder of real files, where WINDLASS_CORPUS names one."""

import os
import time
from pathlib import Path

import pytest

from engine.spec.examine import examine_spec

FOLDER = os.environ.get("WINDLASS_CORPUS", "")
FILES = (
    sorted(path for path in Path(FOLDER).rglob("*.y*ml") if "customHttp" not in path.name) if FOLDER else []
)
# What no reader can mend: text that is no YAML, twice the same key, files of another kind.
BROKEN = {"merge-conflict", "duplicate-key", "indentation", "comma", "colon", "not-a-spec", "tag"}


@pytest.mark.skipif(not FOLDER, reason="WINDLASS_CORPUS is not set")
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_well_formed_file_is_read(path):
    data = path.read_bytes()
    start = time.perf_counter()
    examined = examine_spec(data, str(path))
    seconds = time.perf_counter() - start
    errors = {problem.rule for problem in examined.problems if problem.severity == "error"}
    assert errors <= BROKEN
    assert errors or examined.model
    assert seconds < 0.1  # the goal is 20 ms; a busy machine may be slower
