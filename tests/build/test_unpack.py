"""Archives that somebody made on purpose: each is refused, and writes nothing outside of the folder."""

from __future__ import annotations

import io
import tarfile

import pytest
import zstandard

from engine.build import unpack as module
from engine.build.unpack import BrokenArchiveError, unpack


def file(name: str, mode: int = 0o644, **fields: object) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.mode = mode
    for key, value in fields.items():
        setattr(member, key, value)
    return member


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    return file(name, type=kind, linkname=target)


def archive(*members: tarfile.TarInfo) -> io.BytesIO:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.addfile(file("harmless"))
        for member in members:
            tar.addfile(member, io.BytesIO(b"x" * member.size))
    return io.BytesIO(zstandard.compress(packed.getvalue()))


@pytest.mark.parametrize(
    ("said", "members"),
    [
        ("outside", [file("../escaped")]),
        ("outside", [file("a/../../escaped")]),
        ("outside", [file("/tmp/escaped")]),
        ("outside", [file("a//b")]),
        ("behind a link", [link("x", "../outside"), file("x/escaped")]),
        ("behind a link", [link("x", "deep"), link("x/y", "..")]),
        ("behind a link", [file("deep/a"), link("x", "deep"), file("x/b")]),
        ("leaves the app", [link("x", "/etc/passwd")]),
        ("leaves the app", [link("x", "../outside")]),
        ("leaves the app", [link("deep/up", ".."), link("x", "deep/up/../outside")]),
        ("leaves the app", [link("x", "deep/up/../outside"), link("deep/up", "..")]),
        ("there twice", [link("x", "../outside"), file("x")]),
        ("there twice", [file("x"), file("x/y")]),
        ("there twice", [file("x/y"), link("x", "..")]),
        ("no file", [link("x", "/etc/passwd", tarfile.LNKTYPE)]),
        ("no file", [link("x", "harmless", tarfile.LNKTYPE)]),
        ("no file", [file("pipe", type=tarfile.FIFOTYPE)]),
        ("no file", [file("memory", type=tarfile.CHRTYPE, devmajor=1, devminor=1)]),
        ("no file", [file("disk", type=tarfile.BLKTYPE, devmajor=8)]),
        ("no file", [file("sparse", type=tarfile.GNUTYPE_SPARSE)]),
        ("no file", [file("folder", type=tarfile.DIRTYPE)]),
        ("nothing that a build keeps", [file("su", mode=0o4755)]),
        ("nothing that a build keeps", [file("group", mode=0o2755)]),
        ("nothing that a build keeps", [file(".git/config")]),
        ("nothing that a build keeps", [file("packages/a/.git/hooks/post-checkout")]),
        ("nothing that a build keeps", [file(".windlass/local/state")]),
    ],
)
def test_a_malicious_archive_is_refused(tmp_path, said, members):
    (tmp_path / "outside").mkdir()
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(BrokenArchiveError, match=said):
        unpack(archive(*members), folder, lambda path: True)
    assert not list(tmp_path.rglob("escaped")) and not list((tmp_path / "outside").iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "outside"]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 10_000)
    with pytest.raises(BrokenArchiveError, match="more than"):
        unpack(archive(file("a", size=9_000), file("b", size=9_000)), tmp_path, lambda path: True)


def test_what_is_not_wanted_is_checked_all_the_same(tmp_path):
    with pytest.raises(BrokenArchiveError):
        unpack(archive(file("../escaped")), tmp_path, lambda path: False)


def test_a_file_takes_the_mode_and_time_it_had_and_no_more(tmp_path):
    unpack(archive(file("tool", mode=0o777, mtime=1_000_000_000)), tmp_path, lambda path: path == "tool")
    status = (tmp_path / "tool").stat()
    assert status.st_mode & 0o7777 == 0o755 and status.st_mtime == 1_000_000_000
    assert [path.name for path in tmp_path.iterdir()] == ["tool"]
