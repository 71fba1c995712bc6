"""``bundle.json``: all that a stored bundle is, besides the content of its files."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from engine._version import __version__
from engine.bundle.model import Bundle, BundleFile
from engine.bundle.origin import Origin
from engine.bundle.walk import publishable
from engine.errors import BuildError, UsageError, Where
from engine.spec.model import HeaderRule, Redirect

if TYPE_CHECKING:
    from pathlib import Path

NAME = "bundle.json"
FILES = "files"
"""Where the files are, beside ``bundle.json``, each under the path it is published at."""

_SCHEMA = 1
_KEYS = ("path", "sha256", "size", "content_type", "cache_control", "fingerprinted")


def description(bundle: Bundle) -> bytes:
    """The ``bundle.json`` of ``bundle``."""
    data = {
        "schema": _SCHEMA,
        "engine": __version__,
        "digest": bundle.digest,
        "origin": asdict(bundle.origin) if bundle.origin else None,
        "redirects": [rule.model_dump(mode="json") for rule in bundle.redirects],
        "headers": [rule.model_dump(mode="json") for rule in bundle.headers],
        "trailing_slash": bundle.trailing_slash,
        "files": [{key: getattr(file, key) for key in _KEYS} for file in bundle.files],
    }
    return json.dumps(data, indent=1).encode()


def described(data: bytes, where: str, root: Path) -> Bundle:
    """The bundle that ``data`` describes, with its files below ``root``; they are not looked at.

    ``where`` is named in errors. Raises UsageError where it is damaged or of another schema, where its digest
    is not that of what it describes, and for a path that leads out of ``root``.
    """
    try:
        fields = json.loads(data)
        if fields["schema"] != _SCHEMA:
            raise damaged(where, f"it has schema {fields['schema']}, this version knows {_SCHEMA}")
        bundle = _bundle(fields, root)
    except (ValueError, KeyError, TypeError, AttributeError, BuildError) as error:
        raise damaged(where, str(error)) from error
    if bundle.digest != fields.get("digest"):
        raise damaged(where, "its digest is not that of the files and rules in it")
    return bundle


def damaged(where: str, reason: str) -> UsageError:
    """The error of a stored bundle that cannot be used."""
    return UsageError(
        f"this bundle cannot be used: {reason}",
        where=Where(where),
        hint="make it anew with `windlass build`",
    )


def _bundle(fields: dict[str, Any], root: Path) -> Bundle:
    files = tuple(_file(item) for item in fields["files"])
    if len({file.path for file in files}) < len(files):
        raise ValueError("two files have one path")
    return Bundle(
        root,
        files,
        tuple(Redirect(**rule) for rule in fields["redirects"]),
        tuple(HeaderRule(**rule) for rule in fields["headers"]),
        Origin.from_json(fields["origin"]) if fields["origin"] else None,
        fields["trailing_slash"],
    )


def _file(item: dict[str, Any]) -> BundleFile:
    path = publishable(str(item["path"]))
    if not all(part not in ("", ".", "..") for part in path.split("/")):
        raise ValueError(f"{path!r} is no path of a file")
    return BundleFile(**{**{key: item[key] for key in _KEYS}, "path": path})
