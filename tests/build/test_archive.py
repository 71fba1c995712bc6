"""Archives as streams: what goes in comes out, in a bounded memory."""

from __future__ import annotations

import io
import os
import resource

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.build.archive import entries_of, index_of, packed, signature_in, signature_of
from engine.build.patterns import Patterns
from engine.build.unpack import unpack

NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=40
).filter(lambda name: name not in (".", "..", ".git", ".windlass", ".windlass-cache"))


@given(st.dictionaries(NAMES, st.binary(max_size=2000), min_size=1, max_size=8))
@settings(deadline=None, max_examples=30)
def test_names_and_contents_come_back(tmp_path_factory, files):
    root, out = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("out")
    for name, content in files.items():
        (root / name).write_bytes(content)
    entries = entries_of(root, Patterns(["**/*"]))
    assert len(entries) == len(files)
    archive = b"".join(packed(entries, index_of(entries)))
    assert unpack(io.BytesIO(archive), out, lambda path: True) == len(files)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == files


def test_the_signature_is_in_the_first_bytes(tmp_path):
    (tmp_path / "random").write_bytes(os.urandom(3_000_000))
    entries = entries_of(tmp_path, Patterns(["**/*"]))
    archive = b"".join(packed(entries, index_of(entries)))
    assert signature_in(io.BytesIO(archive[: 1 << 18])) == signature_of(index_of(entries))
    assert signature_in(io.BytesIO(b"something else")) is None


def test_links_and_what_may_be_run_come_back(tmp_path):
    root, out = tmp_path / "root", tmp_path / "out"
    for folder in (root / "deep", out):
        folder.mkdir(parents=True)
    (root / "tool").write_text("x")
    (root / "tool").chmod(0o4755)
    (root / "deep/link").symlink_to("../tool")
    os.utime(root / "tool", (1_000_000_000, 1_000_000_000))
    entries = entries_of(root, Patterns(["**/*"]))
    assert unpack(io.BytesIO(b"".join(packed(entries, index_of(entries)))), out, lambda path: True) == 2
    status = (out / "deep/link").stat()
    assert status.st_mode & 0o7777 == 0o755, "setuid is not kept"
    assert status.st_mtime == 1_000_000_000 and (out / "deep/link").is_symlink()


def test_links_that_leave_through_other_links_are_left_out(tmp_path):
    root = tmp_path / "root"
    (root / "deep").mkdir(parents=True)
    (tmp_path / "outside").write_text("secret")
    (root / "deep/up").symlink_to("..")
    (root / "out").symlink_to("deep/up/../outside")  # reads as if it stayed
    (root / "absolute").symlink_to(root / "deep")
    assert [entry.path for entry in entries_of(root, Patterns(["**/*"]))] == ["deep/up"]


def test_a_file_that_shrinks_meanwhile_is_an_error(tmp_path):
    (tmp_path / "log").write_text("a line")
    entries = entries_of(tmp_path, Patterns(["**/*"]))
    (tmp_path / "log").write_text("")
    with pytest.raises(OSError, match="shorter"):
        b"".join(packed(entries, index_of(entries)))


def test_a_large_file_takes_little_memory(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(200_000_000)
    entries = entries_of(tmp_path, Patterns(["**/*"]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(map(len, packed(entries, index_of(entries)))) < 1_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB
