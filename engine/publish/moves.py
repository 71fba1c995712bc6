"""Which file has to go where: a comparison of a bundle with the manifest of an earlier release. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.publish.manifest import asset_key, not_found_key, release_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bundle.model import Bundle, BundleFile
    from engine.publish.manifest import Manifest, ManifestFile


@dataclass(frozen=True, slots=True)
class Move:
    """One file and the key it belongs under.

    ``action``: ``keep`` (it is there), ``put`` (upload), ``create`` (upload unless something is there),
    ``copy`` (from the key ``source``), ``conflict`` (other content has that key and must keep it).
    ``not_found`` marks the copy of a page that answers with status 404.
    """

    action: Literal["keep", "put", "create", "copy", "conflict"]
    file: BundleFile
    key: str
    source: str = ""
    not_found: bool = False


def asset_moves(bundle: Bundle, previous: Manifest | None) -> Iterator[Move]:
    """What to do with the fingerprinted files, which all releases share."""
    return (_asset_move(file, _before(file, previous)) for file in bundle.files if file.fingerprinted)


def own_moves(bundle: Bundle, release: str, previous: Manifest | None) -> Iterator[Move]:
    """What to do with the files that belong to ``release`` alone."""
    return (_own_move(file, release, previous) for file in bundle.files if not file.fingerprinted)


def not_found_moves(
    bundle: Bundle, release: str, previous: Manifest | None, paths: tuple[str, ...]
) -> list[Move]:
    """What to do with the second copies of ``paths``, those that answer with status 404."""
    files = {file.path: file for file in bundle.files}
    return [_not_found_move(files[path], release, previous) for path in paths]


def _asset_move(file: BundleFile, before: ManifestFile | None) -> Move:
    key = asset_key(file.path)
    if before is None or before.area != "assets":
        return Move("create", file, key)
    if before.sha256 != file.sha256:
        return Move("conflict", file, key)
    return Move("keep" if _unchanged(before, file) else "put", file, key)


def _own_move(file: BundleFile, release: str, previous: Manifest | None) -> Move:
    key = release_key(release, file.path)
    before = _before(file, previous)
    if previous and before and before.area == "release" and _unchanged(before, file):
        return _copy(file, before.key(previous.release), key)
    return Move("put", file, key)


def _not_found_move(file: BundleFile, release: str, previous: Manifest | None) -> Move:
    key = not_found_key(release, file.path)
    before = _before(file, previous)
    if previous and before and _unchanged(before, file) and file.path in previous.not_found_copies:
        return _copy(file, not_found_key(previous.release, file.path), key, not_found=True)
    return Move("put", file, key, not_found=True)


def _copy(file: BundleFile, source: str, key: str, *, not_found: bool = False) -> Move:
    # The same key: this very release is published again, by an engine that compiles other entries for it.
    return Move("keep" if source == key else "copy", file, key, source, not_found)


def _before(file: BundleFile, previous: Manifest | None) -> ManifestFile | None:
    return previous.by_path.get(file.path) if previous else None


def _unchanged(before: ManifestFile, file: BundleFile) -> bool:
    return (before.sha256, before.content_type, before.cache_control) == (
        file.sha256,
        file.content_type,
        file.cache_control,
    )
