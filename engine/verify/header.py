"""Does a custom header arrive?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.verify.model import Check
from engine.verify.rules import headers_of, untouched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.publish.headers import CompiledHeaders
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
    rules = headers_of(manifest)
    for pattern, values in rules:
        names = [name for name in values if name not in _NOT_OURS]
        paths = (f"/{file.path}" for file in manifest.files if names)
        for path in paths:
            if re.search(pattern, path) and untouched(manifest, path):
                yield from ((path, name, _last_value(rules, path, name)) for name in names)


def _last_value(rules: list[CompiledHeaders], path: str, name: str) -> str:
    """Of several rules the last counts; a page is also known without ``index.html`` or ``.html``."""
    names = {path, path.removesuffix("index.html"), path.removesuffix(".html")}
    found = ""
    for pattern, values in rules:
        if any(re.search(pattern, known) for known in names):
            found = values.get(name, found)
    return found
