"""Are the bytes those that were published?"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from engine.verify.model import Check
from engine.verify.rules import untouched

if TYPE_CHECKING:
    from engine.publish.manifest import Manifest, ManifestFile
    from engine.verify.site import Site

_LARGEST = 4 * 1024 * 1024  # bytes worth fetching for a check


async def check(site: Site) -> Check | None:
    """The SHA-256 of ``index.html`` and of one asset is that of the manifest; so is its content type."""
    wanted = {path: file for path, file in samples(site.manifest).items() if untouched(site.manifest, path)}
    if not wanted:
        return None
    wrong = [message for path, file in wanted.items() for message in await _differences(site, path, file)]
    seen = "; ".join(wrong) or f"{' and '.join(wanted)} as published"
    return Check("content", not wrong, seen)


def samples(manifest: Manifest) -> dict[str, ManifestFile]:
    """URL path -> file, for the front page and one other file (an asset, where there is one)."""
    found = {"/": manifest.by_path["index.html"]} if "index.html" in manifest.by_path else {}
    others = [f for f in manifest.files if not f.path.endswith(".html") and f.size <= _LARGEST]
    assets = [f for f in others if f.area == "assets"]
    scripts = [f for f in assets if f.path.endswith((".js", ".css"))]
    return {**found, **{f"/{file.path}": file for file in (scripts or assets or others)[:1]}}


async def _differences(site: Site, path: str, file: ManifestFile) -> list[str]:
    answer = await site.get(path)
    if answer.status_code != 200:
        return [f"{path} answers {answer.status_code}"]
    if hashlib.sha256(answer.content).hexdigest() != file.sha256:
        return [f"{path} is not the file that was published ({len(answer.content)} bytes)"]
    kind = answer.headers.get("content-type", "")
    if kind != file.content_type and not _sets_content_types(site.manifest):
        return [f"{path} has the content type {kind!r}, not {file.content_type!r}"]
    return []


def _sets_content_types(manifest: Manifest) -> bool:
    return any(header.key.lower() == "content-type" for rule in manifest.headers for header in rule.headers)
