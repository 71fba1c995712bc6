"""The archive: the same files, the same bytes; no larger than Lambda takes."""

import os
import zipfile

import pytest

from engine.errors import BuildError
from engine.functions import archive as module
from engine.functions.archive import write_archive


def tree(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_py", ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_the_same_files_make_the_same_bytes_whenever_and_wherever(tmp_path):
    first, second = (
        tree(tmp_path / "a", app_py="1", lib__x_py="2"),
        tree(tmp_path / "b", lib__x_py="2", app_py="1"),
    )
    os.utime(second / "app.py", (1, 1))
    write_archive("work", first, tmp_path / "a.zip")
    write_archive("work", second, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_it_keeps_what_may_be_run_and_leaves_out_what_was_compiled(tmp_path):
    folder = tree(tmp_path / "a", app_py="1", tool="#!/bin/sh", __pycache____app="x")
    (folder / "tool").chmod(0o755)
    (folder / "old.pyc").write_text("x")
    write_archive("work", folder, tmp_path / "deep" / "a.zip")
    with zipfile.ZipFile(tmp_path / "deep" / "a.zip") as packed:
        modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in packed.infolist()}
    assert modes == {"app.py": 0o644, "tool": 0o755}


@pytest.mark.parametrize(("limit", "how"), [("_UNZIPPED_LIMIT", "unpacked"), ("_ZIPPED_LIMIT", "zip file")])
def test_more_than_lambda_takes_is_refused_and_nothing_is_left(tmp_path, monkeypatch, limit, how):
    monkeypatch.setattr(module, limit, 10)
    with pytest.raises(BuildError, match=how):
        write_archive("work", tree(tmp_path / "a", app_py="x" * 11), tmp_path / "out" / "a.zip")
    assert not list(tmp_path.glob("out/*"))
