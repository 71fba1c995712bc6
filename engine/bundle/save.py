"""Keep a bundle: as a folder, or as one ``.tar.zst``."""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from engine.bundle.description import FILES, NAME, description
from engine.errors import BuildError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bundle.model import Bundle

ARCHIVE = ".tar.zst"
_LEVEL = 3  # of zstd
_BUFFER = 1024 * 1024  # bytes


def save_bundle(bundle: Bundle, output: Path) -> None:
    """Write ``bundle`` to ``output``, a folder or a file that ends with ``.tar.zst``; blocking.

    It is there as a whole or not at all, and replaces a bundle that is there. Raises UsageError for a folder
    that holds anything else, BuildError where a file is gone or the disk is full.
    """
    refuse_other(output)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        if output.name.endswith(ARCHIVE):
            _save_archive(bundle, output)
        else:
            _save_folder(bundle, output)
    except OSError as error:
        raise BuildError(f"the bundle could not be written: {error}", hint="run the build again") from error


def refuse_other(output: Path) -> None:
    """Raises UsageError where writing a bundle to ``output`` would overwrite what is no bundle."""
    if output.name.endswith(ARCHIVE):
        wrong = output.exists() and not output.is_file()
    else:
        wrong = output.exists() and not (output / NAME).is_file()
        wrong = wrong and not (output.is_dir() and not any(output.iterdir()))
    if wrong:
        raise UsageError(
            f"{output} is there already and is no bundle",
            hint=f"Name another folder, or a file that ends with {ARCHIVE}.",
        )


def _save_folder(bundle: Bundle, output: Path) -> None:
    with _unfinished(output) as fresh:
        made: set[Path] = set()
        for file in bundle.files:
            copy = fresh / FILES / file.path
            if copy.parent not in made:
                copy.parent.mkdir(parents=True, exist_ok=True)
                made.add(copy.parent)
            shutil.copyfile(bundle.file(file), copy)
        (fresh / NAME).write_bytes(description(bundle))
        fresh.chmod(0o755)
        shutil.rmtree(output, ignore_errors=True)
        fresh.rename(output)


def _save_archive(bundle: Bundle, output: Path) -> None:
    import zstandard

    compressor = zstandard.ZstdCompressor(level=_LEVEL, threads=-1, write_checksum=True)
    with _unfinished(output) as scratch:
        fresh = scratch / output.name
        with (
            fresh.open("wb") as file,
            compressor.stream_writer(file) as stream,
            tarfile.open(fileobj=stream, mode="w|", bufsize=_BUFFER) as tar,
        ):
            data = description(bundle)
            _add(tar, NAME, len(data), io.BytesIO(data))
            for entry in bundle.files:
                with bundle.file(entry).open("rb") as content:
                    _add(tar, f"{FILES}/{entry.path}", entry.size, content)
        fresh.replace(output)


def _add(tar: tarfile.TarFile, name: str, size: int, content: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o644
    tar.addfile(info, content)
    tar.members.clear()  # type: ignore[attr-defined]  # else it remembers every one


@contextmanager
def _unfinished(output: Path) -> Iterator[Path]:
    """A folder beside ``output``, so that what is done in it can be moved there."""
    folder = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
