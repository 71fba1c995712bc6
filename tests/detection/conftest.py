"""Apps made of a few small files."""

import json

import pytest


@pytest.fixture
def app(tmp_path):
    """Writes files (text, or JSON values) below a folder ``shop`` and gives it."""
    folder = tmp_path / "shop"

    def write(files):
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content if isinstance(content, str) else json.dumps(content))
        return folder

    return write
