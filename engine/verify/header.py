"""Does a custom header arrive?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.publish.headers import compile_headers
from engine.publish.patterns import matches
from engine.verify.model import Check
from engine.verify.rules import untouched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.publish.manifest import Manifest
    from engine.verify.site import Site

# Those that the edge sets whatever the spec says, and those it leaves out without TLS on this machine.
_NOT_OURS = {"x-content-type-options", "strict-transport-security"}


async def check(site: Site) -> Check | None:
    """The first header rule that applies to a file of the release."""
    wanted = next(_candidates(site.manifest), None)
    if wanted is None:
        return None
    path, name, value = wanted
    seen = (await site.get(path)).headers.get(name)
    message = f"{path} has {name}: {seen}" if seen is not None else f"{path} has no {name}"
    return Check("header", seen == value, message if seen == value else f"{message}; the spec says {value}")


def _candidates(manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    for rule in manifest.headers:
        names = [name for name in compile_headers(rule)[1] if name not in _NOT_OURS]
        paths = (f"/{file.path}" for file in manifest.files if names)
        for path in paths:
            if matches(rule.pattern.strip(), path) and untouched(manifest, path):
                yield from ((path, name, _last_value(manifest, path, name)) for name in names)


def _last_value(manifest: Manifest, path: str, name: str) -> str:
    """Of several rules the last counts; a page is also known without ``index.html`` or ``.html``."""
    names = {path, path.removesuffix("index.html"), path.removesuffix(".html")}
    found = ""
    for rule in manifest.headers:
        if any(matches(rule.pattern.strip(), known) for known in names):
            found = compile_headers(rule)[1].get(name, found)
    return found
