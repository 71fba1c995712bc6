"""A bundle that is saved and loaded is the very same; one that was touched is refused."""

import hashlib
import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from engine.bundle.content_type import content_type
from engine.bundle.description import FILES, NAME
from engine.bundle.load import load_bundle
from engine.bundle.model import Bundle, BundleFile
from engine.bundle.origin import Inlined, Origin
from engine.bundle.save import save_bundle
from engine.errors import BuildError, NotFoundError, UsageError
from engine.spec.model import Header, HeaderRule, Redirect

ODD = [
    "a b.txt",
    "100%.txt",
    "#?.js",
    "日本/é.html",
    ".well-known/security.txt",
    "index.html",
    "x" * 120 + ".css",
]
ORIGIN = Origin("notes", "staging", "main", "c0ffee", "s", {"A": "1f"}, (Inlined("A", "1f", ("a",), 1),))


@pytest.fixture
def bundle(tmp_path):
    root, files = tmp_path / "built", []
    for path in sorted(ODD):
        data = f"content of {path}".encode()
        place = f"flat/{path}" if path == "index.html" else path
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_bytes(data)
        sha256 = hashlib.sha256(data).hexdigest()
        source = place if place != path else ""
        files.append(BundleFile(path, len(data), sha256, content_type(path), "no-cache", False, source))
    headers = (HeaderRule(pattern="**", headers=(Header(key="X-A", value="1"),)),)
    return Bundle(root, tuple(files), (Redirect(source="/a", target="/b"),), headers, ORIGIN)


@pytest.fixture(params=["bundle", "bundle.tar.zst"])
def output(request, tmp_path):
    return tmp_path / "out" / request.param


def loaded(path, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return load_bundle(path, scratch)


def test_the_very_same_comes_back(bundle, output, tmp_path):
    save_bundle(bundle, output)
    again = loaded(output, tmp_path)
    assert (again.digest, again.origin) == (bundle.digest, ORIGIN)
    assert (again.redirects, again.headers) == (bundle.redirects, bundle.headers)
    assert [f.path for f in again.files] == [f.path for f in bundle.files]
    assert all(again.file(f).read_text() == f"content of {f.path}" for f in again.files)
    assert list(output.parent.iterdir()) == [output]


def test_it_replaces_a_bundle_and_nothing_else(bundle, output, tmp_path):
    save_bundle(bundle, output)
    save_bundle(replace(bundle, files=bundle.files[:2]), output)
    assert len(loaded(output, tmp_path).files) == 2
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("x")
    (tmp_path / "mine.tar.zst").mkdir()
    for other in ("mine", "mine.tar.zst"):
        with pytest.raises(UsageError, match="is no bundle"):
            save_bundle(bundle, tmp_path / other)
    assert (tmp_path / "mine/thesis.txt").exists()


def test_a_file_that_is_gone_leaves_what_was_there(bundle, output, tmp_path):
    save_bundle(bundle, output)
    (bundle.root / "a b.txt").unlink()
    with pytest.raises(BuildError, match=r"could not be written.*a b.txt"):
        save_bundle(bundle, output)
    (bundle.root / "a b.txt").write_text("content of a b.txt")
    assert loaded(output, tmp_path).digest == bundle.digest
    assert list(output.parent.iterdir()) == [output]


def test_there_is_none(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("empty", "nothing.tar.zst"):
        with pytest.raises(NotFoundError, match="there is no bundle"):
            loaded(tmp_path / name, tmp_path)


def changed(fields):
    fields["files"][0]["sha256"] = "0" * 64


def renamed(fields):
    fields["files"][0]["path"] = "../../etc/passwd"


def absolute(fields):
    fields["files"][0]["path"] = "/etc/passwd"


def twice(fields):
    fields["files"].append(fields["files"][0])


def newer(fields):
    fields["schema"] = 2


def redirected(fields):
    fields["redirects"][0]["target"] = "https://evil.example.com"


def emptied(fields):
    fields.clear()


DAMAGES = (changed, renamed, absolute, twice, newer, redirected, emptied)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_description_that_was_touched(bundle, tmp_path, damage):
    save_bundle(bundle, tmp_path / "b")
    fields = json.loads((tmp_path / "b" / NAME).read_text())
    damage(fields)
    (tmp_path / "b" / NAME).write_text(json.dumps(fields))
    with pytest.raises(UsageError, match="cannot be used") as error:
        loaded(tmp_path / "b", tmp_path)
    assert "windlass build" in error.value.hint and str(error.value.where).endswith(NAME)


def edit(file: Path) -> None:
    file.write_text("Content of a b.txt")


def to_link(file: Path) -> None:
    other = file.with_name("other")
    file.rename(other)
    file.symlink_to(other)


@pytest.mark.parametrize("touch", [edit, Path.unlink, to_link])
def test_a_file_that_was_touched_is_named(bundle, tmp_path, touch):
    save_bundle(bundle, tmp_path / "b")
    touch(tmp_path / "b" / FILES / "a b.txt")
    with pytest.raises(UsageError, match=r"`a b.txt` is missing, or not what was built"):
        loaded(tmp_path / "b", tmp_path)


def rewritten(archive: Path, change) -> None:
    """The archive, with ``change`` made to its list of (member, content)."""
    data = zstandard.ZstdDecompressor().stream_reader(archive.open("rb")).read()
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for member, content in change(members):
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    archive.write_bytes(zstandard.compress(out.getvalue()))


def escaping(kind):
    info = tarfile.TarInfo("files/../../../evil.txt" if kind == tarfile.REGTYPE else "files/a b.txt")
    info.type, info.linkname = kind, "/etc/passwd"
    return [(info, b"")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda members: members[1:], "does not begin with bundle.json"),
        (lambda members: members[:-1], "is missing"),
        (lambda members: [*members[:2], *members[1:]], "does not belong in it"),
        (lambda members: [*members[:-1], (members[-1][0], b"other")], "is not what was built"),
        (lambda members: [members[0], *escaping(tarfile.REGTYPE), *members[1:]], "does not belong in it"),
        (lambda members: [members[0], *escaping(tarfile.SYMTYPE), *members[1:]], "does not belong in it"),
        (lambda members: [members[0], *escaping(tarfile.LNKTYPE), *members[1:]], "does not belong in it"),
    ],
)
def test_an_archive_that_was_touched(bundle, tmp_path, change, message):
    archive = tmp_path / "b.tar.zst"
    save_bundle(bundle, archive)
    rewritten(archive, change)
    with pytest.raises(UsageError, match=message):
        loaded(archive, tmp_path)
    assert not list(tmp_path.parent.rglob("evil.txt"))


@pytest.mark.parametrize("keep", [0, 10, 300, -8])
def test_an_archive_that_is_cut_short(bundle, tmp_path, keep):
    archive = tmp_path / "b.tar.zst"
    save_bundle(bundle, archive)
    archive.write_bytes(archive.read_bytes()[:keep])
    with pytest.raises(UsageError, match="cannot be used"):
        loaded(archive, tmp_path)


def test_what_is_no_archive_at_all(tmp_path):
    (tmp_path / "b.tar.zst").write_text("hello" * 100)
    with pytest.raises(UsageError, match="the archive is broken"):
        loaded(tmp_path / "b.tar.zst", tmp_path)
