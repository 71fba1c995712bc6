"""Take a stored bundle, and check that it is the very one that was built."""

from __future__ import annotations

import hashlib
import stat
import tarfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from engine.bundle.description import FILES, NAME, damaged, described
from engine.errors import BuildError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.bundle.model import Bundle, BundleFile

_HASHERS = 4
_BATCH = 200
_BUFFER = 1024 * 1024  # bytes
_LARGEST = 256 * 1024 * 1024  # bytes of a bundle.json: a million files


def load_bundle(path: Path, scratch: Path) -> Bundle:
    """The bundle that is stored at ``path``, a folder or a ``.tar.zst``; blocking.

    An archive is unpacked below ``scratch``, an empty folder. Every file is compared with its SHA-256, and
    all of it with the digest. Raises NotFoundError where there is none, UsageError where it is damaged.
    """
    if path.is_dir() and (path / NAME).is_file():
        return _from_folder(path)
    if path.is_file():
        return _from_archive(path, scratch)
    raise _nothing(path)


def describe_bundle(path: Path) -> Bundle:
    """The bundle that is stored at ``path`` without its files, of which nothing is read; blocking.

    Raises NotFoundError where there is none, UsageError where its description is damaged.
    """
    if path.is_dir() and (path / NAME).is_file():
        return described((path / NAME).read_bytes(), str(path / NAME), path.resolve() / FILES)
    if path.is_file():
        with _archive(path) as tar:
            return _first(tar, str(path), path)
    raise _nothing(path)


def _from_folder(path: Path) -> Bundle:
    bundle = described((path / NAME).read_bytes(), str(path / NAME), path.resolve() / FILES)
    batches = (bundle.files[start : start + _BATCH] for start in range(0, len(bundle.files), _BATCH))

    def compare(files: tuple[BundleFile, ...]) -> None:
        for file in files:
            if _digest(bundle.file(file)) != file.sha256:
                raise damaged(str(bundle.file(file)), f"`{file.path}` is missing, or not what was built")

    with ThreadPoolExecutor(_HASHERS, "windlass-hash") as pool:
        for _ in pool.map(compare, batches):
            pass
    return bundle


def _digest(file: Path) -> str | None:
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None


def _nothing(path: Path) -> NotFoundError:
    return NotFoundError(
        f"there is no bundle at {path}", hint="Name the folder or .tar.zst that `windlass build` wrote."
    )


def _from_archive(path: Path, scratch: Path) -> Bundle:
    with _archive(path) as tar:
        return _unpacked(tar, str(path), scratch)


@contextmanager
def _archive(path: Path) -> Iterator[tarfile.TarFile]:
    import zstandard

    try:
        with (
            path.open("rb") as file,
            zstandard.ZstdDecompressor().stream_reader(file) as stream,
            tarfile.open(fileobj=stream, mode="r|", bufsize=_BUFFER) as tar,
        ):
            yield tar
    except (tarfile.TarError, zstandard.ZstdError, EOFError, FileExistsError, NotADirectoryError) as error:
        raise damaged(str(path), f"the archive is broken ({error})") from error
    except OSError as error:
        raise BuildError(f"{path} could not be unpacked: {error}", hint="make room on the disk") from error


def _unpacked(tar: tarfile.TarFile, where: str, scratch: Path) -> Bundle:
    bundle = _first(tar, where, scratch / FILES)
    missing = {f"{FILES}/{file.path}": file for file in bundle.files}
    while (member := tar.next()) is not None:
        tar.members.clear()  # type: ignore[attr-defined]  # else it remembers every one
        file = missing.pop(member.name, None)
        if file is None or not member.isreg():
            raise damaged(where, f"`{member.name}` does not belong in it")
        if _write(_content(tar, member), bundle.file(file)) != file.sha256:
            raise damaged(where, f"`{file.path}` is not what was built")
    if missing:
        raise damaged(where, f"`{next(iter(missing.values())).path}` is missing")
    return bundle


def _first(tar: tarfile.TarFile, where: str, root: Path) -> Bundle:
    first = tar.next()
    if first is None or first.name != NAME or not first.isreg() or first.size > _LARGEST:
        raise damaged(where, f"it does not begin with {NAME}")
    return described(_content(tar, first).read(), where, root)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise tarfile.ReadError(f"{member.name} has no content")
    return content


def _write(content: IO[bytes], file: Path) -> str:
    """Write a file that is not there yet; gives its SHA-256."""
    digest = hashlib.sha256()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as out:
        while chunk := content.read(_BUFFER):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()
