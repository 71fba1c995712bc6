"""The archive of a function's code: a zip file that depends on its files alone."""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from typing import TYPE_CHECKING

from engine.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
_ZIPPED_LIMIT = 50_000_000  # bytes of a direct upload
_UNZIPPED_LIMIT = 262_144_000
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
_LEFT_OUT = ("__pycache__", ".bin")


def write_archive(name: str, folder: Path, archive: Path) -> int:
    """Pack all files below ``folder`` into ``archive``, which appears whole or not at all; its bytes.

    Raises BuildError where the function ``name`` is larger than Lambda takes.
    """
    files = sorted(_files(folder))
    if (size := sum(file.stat().st_size for _, file in files)) > _UNZIPPED_LIMIT:
        raise _too_large(name, size, _UNZIPPED_LIMIT, "unpacked")
    archive.parent.mkdir(parents=True, exist_ok=True)
    whole = archive.with_suffix(f".{secrets.token_hex(4)}")
    try:
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
            for path, file in files:
                _add(packed, path, file)
        if (zipped := whole.stat().st_size) > _ZIPPED_LIMIT:
            raise _too_large(name, zipped, _ZIPPED_LIMIT, "as a zip file")
        whole.replace(archive)
    finally:
        whole.unlink(missing_ok=True)
    return zipped


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        for name in names:
            file = folder.joinpath(here, name)
            if not name.endswith(".pyc") and file.is_file():
                yield file.relative_to(folder).as_posix(), file


def _add(packed: zipfile.ZipFile, path: str, file: Path) -> None:
    entry = zipfile.ZipInfo(path, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, wherever it was made: permissions count
    entry.external_attr = (0o100755 if os.access(file, os.X_OK) else 0o100644) << 16
    with file.open("rb") as content, packed.open(entry, "w") as into:
        shutil.copyfileobj(content, into, 1 << 20)


def _too_large(name: str, size: int, limit: int, how: str) -> BuildError:
    return BuildError(
        f"function {name} has {size / 1e6:.0f} MB {how}; Lambda takes {limit / 1e6:.0f} MB",
        hint="Leave packages out that it does not need, bundle it with `commands`, or put them into a layer.",
    )
