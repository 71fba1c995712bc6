"""Archives that somebody made on purpose: each is refused, and writes nothing outside of the folder."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.build import unpack as module
from engine.build.archive import MAGIC, BrokenArchiveError
from engine.build.unpack import unpack


def file(path: str, size: object = 0, mtime: object = 0, executable: object = False) -> list[object]:
    return [path, size, mtime, executable, ""]


def link(path: str, target: str) -> list[object]:
    return [path, 0, 0, False, target]


def archive(
    *rows: object, content: bytes = b"", index: bytes | None = None, signed: bool = True
) -> io.BytesIO:
    """An archive with these rows in its index, whatever they say."""
    index = json.dumps([file("harmless"), *rows]).encode() if index is None else index
    signature = hashlib.sha256(index if signed else b"").hexdigest()
    head = MAGIC + f"{signature}{len(index):016x}".encode()
    return io.BytesIO(zstandard.compress(head + index + content))


OUTSIDE = "outside"
BEHIND = "behind a link"
LEAVES = "leaves the app"
KEEPS = "nothing that a build keeps"
NO_LIST = "no list of files"


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        (OUTSIDE, [file("../escaped")]),
        (OUTSIDE, [file("a/../../escaped")]),
        (OUTSIDE, [file("/tmp/escaped")]),
        (OUTSIDE, [file("a//b")]),
        (OUTSIDE, [file("")]),
        (OUTSIDE, [file("./a")]),
        (OUTSIDE, [file("a\0b")]),
        (OUTSIDE, [link("x", "/etc/passwd")]),
        (OUTSIDE, [link("x", "a\0b")]),
        (BEHIND, [link("x", "../outside"), file("x/escaped")]),
        (BEHIND, [file("x/escaped"), link("x", "../outside")]),
        (BEHIND, [link("x", "deep"), link("x/y", "..")]),
        (LEAVES, [link("x", "../outside")]),
        (LEAVES, [link("deep/up", ".."), link("x", "deep/up/../outside")]),
        (LEAVES, [link("x", "deep/up/../outside"), link("deep/up", "..")]),
        ("there twice", [link("x", "../outside"), file("x")]),
        ("there twice", [file("x"), file("x/y")]),
        ("there twice", [file("x/y"), file("x")]),
        ("there twice", [file("harmless")]),
        (KEEPS, [file(".git/config")]),
        (KEEPS, [file("packages/a/.git/hooks/post-checkout")]),
        (KEEPS, [file(".windlass/local/state")]),
        ("cannot be like that", [file("x", size=-1)]),
        ("cannot be like that", [file("x", mtime=10**30)]),
        ("cannot be like that", [["x", 5, 0, False, "harmless"]]),
        # What a tar can say, there is no word for: setuid, devices, hard links.
        (NO_LIST, [file("su", executable=0o4755)]),
        (NO_LIST, [[*file("device"), "chr", 1, 1]]),
        (NO_LIST, [["hard", 0, 0, False, ["harmless"]]]),
        (NO_LIST, [file("x", size=1.5)]),
        (NO_LIST, [file("x", size=True)]),
        (NO_LIST, [{"path": "x"}]),
        (NO_LIST, [None]),
        ("cut short", [file("x", size=10)]),
        ("more than", [file("x", size=10**15)]),
    ],
)
def test_a_malicious_archive_is_refused(tmp_path, said, rows):
    (tmp_path / "outside").mkdir()
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(BrokenArchiveError, match=said):
        unpack(archive(*rows), folder, lambda path: True)
    assert not list(tmp_path.rglob("escaped")) and not list((tmp_path / "outside").iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "outside"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_tar_is_no_archive_of_ours(tmp_path, kind):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        member = tarfile.TarInfo("x")
        member.type, member.linkname, member.mode = kind, "/etc/passwd", 0o4755
        tar.addfile(member)
    with pytest.raises(BrokenArchiveError, match="no archive of a cache"):
        unpack(io.BytesIO(zstandard.compress(packed.getvalue())), tmp_path, lambda path: True)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("not what was signed", {"signed": False}),
        ("no list of files", {"index": b"{}"}),
        ("cannot be read", {"index": b"[" * 100_000}),
        ("cannot be read", {"index": b"\xff\xfe"}),
        ("after its end", {"content": b"more"}),
    ],
)
def test_a_broken_archive_is_refused(tmp_path, said, made):
    with pytest.raises(BrokenArchiveError, match=said):
        unpack(archive(**made), tmp_path, lambda path: True)


def test_an_index_without_measure_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST_INDEX", 100)
    with pytest.raises(BrokenArchiveError, match="too large"):
        unpack(archive(*(file(f"{number}") for number in range(100))), tmp_path, lambda path: True)


def test_what_is_not_wanted_is_checked_all_the_same(tmp_path):
    with pytest.raises(BrokenArchiveError):
        unpack(archive(file("../escaped")), tmp_path, lambda path: False)


def test_what_is_not_wanted_is_passed_over(tmp_path):
    rows = [file("a", size=3), file("b", size=3)]
    assert unpack(archive(*rows, content=b"aaabbb"), tmp_path, lambda path: path == "b") == 1
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"b": "bbb"}


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_bytes_are_refused_and_no_more(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp() / "nothing"
    folder.mkdir(exist_ok=True)
    for source in (data, zstandard.compress(data), zstandard.compress(MAGIC + data)):
        with pytest.raises(BrokenArchiveError):
            unpack(io.BytesIO(source), folder, lambda path: True)
    assert not list(folder.iterdir())
