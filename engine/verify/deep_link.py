"""What answers for a URL without a file: the app, or a 404?"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from engine.verify.model import Check
from engine.verify.rules import rules_of

if TYPE_CHECKING:
    from engine.publish.manifest import Manifest
    from engine.verify.site import Site


async def check(site: Site) -> Check | None:
    """A URL nobody has asked for before: the page of a single page app, or 404, as the rules say."""
    path = f"/windlass-check-{secrets.token_hex(4)}{'/' * (site.manifest.trailing_slash == 'add')}"
    expected = expected_status(site.manifest, path)
    if expected is None:
        return None
    answer = await site.get(path)
    kind = answer.headers.get("content-type", "no content type")
    passed = answer.status_code == expected and (expected == 404 or kind.startswith("text/html"))
    message = f"{path} answers {answer.status_code} with {kind}"
    return Check("deep-link", passed, message if passed else f"{message}, not {expected} with HTML")


def expected_status(manifest: Manifest, path: str) -> int | None:
    """200 where a rule gives a page for ``path``, 404 where none does, None where that is not certain.

    ``path`` is one that no file of the release answers for.
    """
    for rule in rules_of(manifest):
        if not rule.may_match(path):
            continue
        if not rule.matches(path) or rule.status in ("301", "302"):
            return None
        if rule.status == "404":
            return 404
        return 200 if rule.target in manifest.by_path and str(rule.target).endswith(".html") else None
    return 404
