"""What a release is made of: enough to compare it, to make it live again and to delete it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from engine.bundle.origin import Origin
from engine.errors import PublishError
from engine.spec.model import HeaderRule, Redirect

if TYPE_CHECKING:
    from engine.bundle.model import Bundle

SCHEMA = 1
# Not releases/<id>/manifest.json: an app may well publish a manifest.json of its own.
MANIFESTS = "manifests"
RETIRED = "retired"
_PLAIN = (
    "schema",
    "release",
    "created",
    "digest",
    "commit",
    "keys",
    "live",
    "not_found_copies",
    "demoted",
    "trailing_slash",
)


class ManifestError(PublishError):
    """A manifest that cannot be read: damaged, or of a schema this version does not know."""


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One stored file. ``area`` is ``assets`` (shared by releases) or ``release`` (this one's own)."""

    path: str
    sha256: str
    size: int
    content_type: str
    cache_control: str
    area: Literal["release", "assets"]

    def key(self, release: str) -> str:
        """Where the object is in the bucket."""
        return asset_key(self.path) if self.area == "assets" else release_key(release, self.path)


@dataclass(frozen=True)
class Manifest:
    """A release: its files, its rules, and the KeyValueStore entries that make it live.

    ``created`` is an ISO 8601 time in UTC. ``keys`` and ``live`` are those of
    :class:`engine.publish.entries.Entries`, so that a rollback needs no bundle. ``not_found_copies`` are
    paths stored a second time at :func:`not_found_key`. ``demoted`` are paths that the bundle has as
    fingerprinted and this environment stores with the release alone. ``origin`` says what it was built for.
    """

    release: str
    created: str
    digest: str
    commit: str
    files: tuple[ManifestFile, ...]
    keys: dict[str, str]
    live: str
    not_found_copies: tuple[str, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    headers: tuple[HeaderRule, ...] = ()
    demoted: tuple[str, ...] = ()
    origin: Origin | None = None
    trailing_slash: str | None = None
    schema: int = field(default=SCHEMA)

    @cached_property
    def by_path(self) -> dict[str, ManifestFile]:
        """The files by path."""
        return {file.path: file for file in self.files}

    @cached_property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    @property
    def own_keys(self) -> list[str]:
        """Keys of the objects that belong to this release alone."""
        own = [file.key(self.release) for file in self.files if file.area == "release"]
        return own + [not_found_key(self.release, path) for path in self.not_found_copies]

    @property
    def asset_keys(self) -> set[str]:
        """Keys of the objects that this release may share with others."""
        return {file.key(self.release) for file in self.files if file.area == "assets"}

    def to_json(self) -> bytes:
        """The manifest as stable, sorted JSON.

        A file is a row ``[path, sha256, size, k]``, k counting the ``kinds`` of content type, cache control
        and area: half the bytes and a third of the memory of a mapping for each of 50,000 files.
        """
        kinds: dict[tuple[str, str, str], int] = {}
        data = {
            **{name: getattr(self, name) for name in _PLAIN},
            "files": [(f.path, f.sha256, f.size, kinds.setdefault(_kind(f), len(kinds))) for f in self.files],
            "kinds": list(kinds),
            "redirects": [rule.model_dump(mode="json") for rule in self.redirects],
            "headers": [rule.model_dump(mode="json") for rule in self.headers],
            "origin": asdict(self.origin) if self.origin else None,
        }
        return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Manifest:
        """The manifest that :meth:`to_json` wrote.

        :raises ManifestError: it is damaged, or of a schema this version does not know.
        """
        try:
            fields = json.loads(data)
            _refuse_other_schema(fields["schema"])
            typed = _typed(fields)
            return cls(**{name: fields[name] for name in _PLAIN} | typed)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise ManifestError(
                f"a release manifest is damaged ({error})", hint="deploy again, which writes a new one"
            ) from error


def release_id(bundle: Bundle) -> str:
    """The id of the release of ``bundle``: 12 hex digits, the same for the same content."""
    return bundle.digest[:12]


def manifest_key(release: str) -> str:
    """Where the manifest of a release is in the bucket."""
    return f"{MANIFESTS}/{release}.json"


def retired_key(release: str) -> str:
    """Where the manifest of a release is kept that exists no more but whose assets are still there."""
    return f"{RETIRED}/{release}.json"


def release_key(release: str, path: str) -> str:
    """Where a file that belongs to one release is in the bucket."""
    return f"releases/{release}/{path}"


def asset_key(path: str) -> str:
    """Where a fingerprinted file is in the bucket."""
    return f"assets/{path}"


def not_found_key(release: str, path: str) -> str:
    """Where the copy of a file that answers with status 404 is in the bucket."""
    return release_key(release, f"~404/{path}")


def _refuse_other_schema(schema: int) -> None:
    if schema != SCHEMA:
        raise ManifestError(
            f"the release manifest has schema {schema}, this version of Windlass knows {SCHEMA}",
            hint="upgrade Windlass, or deploy the environment again with this version",
        )


def _kind(file: ManifestFile) -> tuple[str, str, str]:
    return file.content_type, file.cache_control, file.area


def _typed(fields: dict[str, Any]) -> dict[str, Any]:
    kinds = fields["kinds"]
    return {
        "files": tuple(ManifestFile(*row, *kinds[kind]) for *row, kind in fields["files"]),
        "not_found_copies": tuple(fields["not_found_copies"]),
        "demoted": tuple(fields["demoted"]),
        "redirects": tuple(Redirect(**rule) for rule in fields["redirects"]),
        "headers": tuple(HeaderRule(**rule) for rule in fields["headers"]),
        "origin": Origin.from_json(fields["origin"]) if fields["origin"] else None,
    }
