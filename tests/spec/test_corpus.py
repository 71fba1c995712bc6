"""Runs over a folder of real files, where WINDLASS_CORPUS names one."""

import os
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
    examined = examine_spec(path.read_bytes(), str(path))
    errors = {problem.rule for problem in examined.problems if problem.severity == "error"}
    assert errors <= BROKEN
    assert errors or examined.model
