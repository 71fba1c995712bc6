"""Publish a bundle as a release: move what changed, then write the manifest that makes it exist."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from engine.bundle.model import ASK_AGAIN
from engine.events import Progress, Warned
from engine.publish.bucket import s3_errors, usable_manifest, write_manifest
from engine.publish.content import MB, FolderContent
from engine.publish.entries import compile_entries
from engine.publish.manifest import Manifest, ManifestFile, manifest_key, release_id
from engine.publish.many import Budget, each
from engine.publish.moves import asset_moves, not_found_moves, own_moves
from engine.publish.transfer import Transfer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from obstore.store import ObjectStore

    from engine.bundle.model import Bundle, BundleFile
    from engine.events import Emit
    from engine.publish.content import Content
    from engine.publish.environments import Names
    from engine.publish.moves import Move
    from engine.publish.transfer import Outcome

IN_FLIGHT = 24 * MB  # bytes; a transfer takes twice as much memory, so one large file at a time


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did: objects uploaded, copied inside the bucket and left where they were.

    ``bytes`` were uploaded, in ``seconds``. ``existed`` says that the release was there already.
    """

    manifest: Manifest
    uploaded: int = 0
    copied: int = 0
    kept: int = 0
    bytes: int = 0
    seconds: float = 0.0
    existed: bool = False


async def publish(
    store: ObjectStore,
    bundle: Bundle,
    *,
    previous: Manifest | None,
    commit: str,
    emit: Emit,
    concurrency: int = 64,
    content: Content | None = None,
    names: Names = frozenset(),
) -> Published:
    """Publish ``bundle`` into the bucket ``store`` and give its manifest; what is live stays live.

    ``names`` are those of the environment, for the rules that are not for all of them.
    ``content`` is where the files come from, by default the bundle's folder. ``previous`` is the manifest of
    a release that is still there (best: the live one); what it has in common with the bundle is not
    uploaded. The manifest is written last, so a publish that broke off left no release, and publishing again
    finishes the job. A release that exists already is left as it is.

    :raises PublishError: S3 refused or cannot be reached, or a file of the bundle is gone.
    """
    release = release_id(bundle)
    with s3_errors():
        existing = await usable_manifest(store, release)
        if existing and _would_be_the_same(existing, bundle, names):
            return Published(existing, kept=len(existing.files), existed=True)
        if previous and previous.release == release:
            previous = None  # its manifest is gone, so are its files
        transfer = Transfer(store, content or FolderContent(bundle), Budget(IN_FLIGHT))
        work = _Work(transfer, emit, concurrency, len(bundle.files))
        manifest = await _move_files(work, bundle, existing or previous, commit, names)
        await write_manifest(store, manifest_key(release), manifest)
    return work.published(manifest)


async def _move_files(
    work: _Work, bundle: Bundle, previous: Manifest | None, commit: str, names: Names
) -> Manifest:
    release = release_id(bundle)
    conflicts = await work.carry_out(asset_moves(bundle, previous))
    stored = _demoted(bundle, conflicts)
    entries = compile_entries(stored, release, names)
    await work.carry_out(own_moves(stored, release, previous))
    copies = not_found_moves(stored, release, previous, entries.not_found_copies)
    work.total += len(copies)
    await work.carry_out(copies)
    _warn_of_conflicts(conflicts, work.emit)
    return Manifest(
        release=release,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        digest=bundle.digest,
        commit=commit,
        files=tuple(_manifest_file(file) for file in stored.files),
        keys=dict(entries.keys),
        live=entries.live,
        not_found_copies=entries.not_found_copies,
        redirects=bundle.redirects,
        headers=bundle.headers,
        demoted=tuple(sorted(conflicts)),
        origin=bundle.origin,
        trailing_slash=bundle.trailing_slash,
    )


@dataclass
class _Work:
    """A publish under way: carries out moves, counts them and reports how far it is."""

    transfer: Transfer
    emit: Emit
    concurrency: int
    total: int
    bytes: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)
    reported: float = 0.0

    async def carry_out(self, moves: Iterable[Move]) -> set[str]:
        """Carry out all ``moves`` and give the paths in conflict."""
        conflicts: set[str] = set()

        async def one(move: Move) -> None:
            outcome = await self.transfer.run(move)
            if outcome == "conflict":
                conflicts.add(move.file.path)
            else:
                self._count(move, outcome)

        await each(moves, one, at_once=self.concurrency)
        return conflicts

    def published(self, manifest: Manifest) -> Published:
        """The result, for the caller."""
        self._report()
        counts = self.outcomes
        seconds = time.monotonic() - self.started
        return Published(manifest, counts["uploaded"], counts["copied"], counts["kept"], self.bytes, seconds)

    def _count(self, move: Move, outcome: Outcome) -> None:
        self.outcomes[outcome] += 1
        self.bytes += move.file.size if outcome == "uploaded" else 0
        if time.monotonic() - self.reported > 0.2:
            self._report()

    def _report(self) -> None:
        self.reported = time.monotonic()
        self.emit(Progress("publish", self.outcomes.total(), self.total, "files"))


def _demoted(bundle: Bundle, conflicts: set[str]) -> Bundle:
    """The bundle with the files in conflict stored as the release's own, which browsers ask for again."""
    return replace(
        bundle,
        files=tuple(
            replace(file, fingerprinted=False, cache_control=ASK_AGAIN)
            if file.fingerprinted and file.path in conflicts
            else file
            for file in bundle.files
        ),
    )


def _warn_of_conflicts(conflicts: set[str], emit: Emit) -> None:
    for path in sorted(conflicts):
        message = f"{path} has another content than the file published under that name before"
        emit(Warned(message, hint="its name is no content hash; it is stored with this release alone"))


def _would_be_the_same(manifest: Manifest, bundle: Bundle, names: Names) -> bool:
    # An upgrade of the engine may compile the same rules into other entries for the edge.
    own = {file.path for file in manifest.files if file.area == "release"}
    entries = compile_entries(_demoted(bundle, own), manifest.release, names)
    return (manifest.digest, manifest.keys, manifest.live) == (bundle.digest, entries.keys, entries.live)


def _manifest_file(file: BundleFile) -> ManifestFile:
    area: Literal["assets", "release"] = "assets" if file.fingerprinted else "release"
    return ManifestFile(file.path, file.sha256, file.size, file.content_type, file.cache_control, area)
