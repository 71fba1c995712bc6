"""Does the front page answer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.verify.model import Check
from engine.verify.rules import untouched

if TYPE_CHECKING:
    from engine.verify.site import Site


async def check(site: Site) -> Check | None:
    """`/` answers 200 with HTML, where the release has an ``index.html`` and no rule takes `/` elsewhere."""
    if "index.html" not in site.manifest.by_path or not untouched(site.manifest, "/"):
        return None
    answer = await site.get("/")
    kind = answer.headers.get("content-type", "no content type")
    passed = answer.status_code == 200 and kind.startswith("text/html")
    return Check("front-page", passed, f"/ answers {answer.status_code} with {kind}")
