"""The file index of a release: which files it has, for the edge, in values of at most 1 KB.

A file is an entry of 6 characters: 32 bits FNV-1a of its percent-encoded path, then one bit that is 1 for a
fingerprinted file of the shared folder, 6 bits a character, the lowest first, in base64url. A value holds the
entries of one bucket, one after the other. The bucket of a file is the FNV-1a of its stem modulo the number
of buckets; the stem is the path without ``index``, ``.html`` and ``/`` at its end, so that ``about``,
``about.html`` and ``about/index.html`` are in one bucket and the edge reads one value for each request.

A path is percent-encoded as JavaScript's ``encodeURIComponent`` does it, segment by segment. 100,000 files
take 600 KB, and one of 40,000 missing paths is taken for a file, which S3 then says it has not.

FNV-1a: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from engine.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.bundle.model import BundleFile

ENTRY = 6
_ROOM = 166  # entries in a value
_AIM = 110
_SEED = 2_166_136_261
_PRIME = 16_777_619
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_STEM_END = re.compile(r"((^|/)index|\.html|/)+\Z")


def file_index(files: Iterable[BundleFile]) -> tuple[str, ...]:
    """The buckets of the index of ``files``, at least one, none empty and none above 1000 bytes.

    :raises PublishError: a path is not Unicode, or too many files share a stem.
    """
    entries = [_entry(file) for file in files]
    count = len(entries) // _AIM + 1
    while True:
        buckets: list[list[str]] = [[] for _ in range(count)]
        for stem, entry in entries:
            buckets[stem % count].append(entry)
        if max(map(len, buckets)) <= _ROOM:
            return tuple("".join(bucket) or "-" for bucket in buckets)
        if count > len(entries):
            raise PublishError(
                f"more than {_ROOM} files have names that differ only in `index`, `.html` and `/`",
                hint="rename some of them",
            )
        count += count // 8 + 1


def encoded(path: str) -> str:
    """``path`` percent-encoded: all but ``A-Z a-z 0-9 - _ . ! ~ * ' ( ) /``.

    :raises PublishError: the path has bytes that are not UTF-8.
    """
    try:
        return quote(path, safe="/-_.!~*'()")
    except UnicodeEncodeError as error:
        raise PublishError(f"the name of the file {path!r} is not UTF-8", hint="rename the file") from error


def fnv1a(text: str, value: int = _SEED) -> int:
    """32-bit FNV-1a of an ASCII text, continued from ``value``."""
    for byte in text.encode("ascii"):
        value = (value ^ byte) * _PRIME & 0xFFFF_FFFF
    return value


def _entry(file: BundleFile) -> tuple[int, str]:
    path = encoded(file.path)
    stem = _STEM_END.sub("", path)
    start = fnv1a(stem)
    bits = fnv1a(path[len(stem) :], start) | file.fingerprinted << 32
    return start, "".join(_ALPHABET[bits >> shift & 63] for shift in range(0, 6 * ENTRY, 6))
