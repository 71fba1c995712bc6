"""Does a redirect lead where the spec says?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from engine.verify.model import Check
from engine.verify.rules import rules_of

if TYPE_CHECKING:
    from engine.publish.manifest import Manifest
    from engine.spec.model import Redirect
    from engine.verify.site import Site

_STATUSES = ("301", "302")
_WILDCARD, _SAMPLE = "<*>", "windlass-check"
_PLAIN_SOURCE = re.compile(r"/[A-Za-z0-9/._~-]*(<\*>)?[A-Za-z0-9/._~-]*")
_PLAIN_TARGET = re.compile(r"(https?://[A-Za-z0-9.:-]+)?/[A-Za-z0-9/._~<*>-]*")


async def check(site: Site) -> Check | None:
    """The first 301 or 302 of the spec from a plain path or wildcard: its status and where it leads."""
    rule = _first(site.manifest)
    if rule is None:
        return None
    path, target = (text.replace(_WILDCARD, _SAMPLE) for text in (rule.source, rule.target))
    answer = await site.get(path)
    seen = urljoin(site.url, answer.headers.get("location", ""))
    wanted = urljoin(site.url, target)
    passed = (answer.status_code, seen) == (int(rule.status), wanted)
    message = f"{path} answers {answer.status_code} to {seen}"
    return Check("redirect", passed, message if passed else f"{message}, not {rule.status} to {wanted}")


def _first(manifest: Manifest) -> Redirect | None:
    compiled = rules_of(manifest)
    for own in (rule for rule in compiled if rule.status in _STATUSES):
        rule = manifest.redirects[own.number]
        path = rule.source.replace(_WILDCARD, _SAMPLE)
        if (
            not own.needs_more
            and _is_plain(rule)
            and own is next((each for each in compiled if each.may_match(path)), None)
        ):
            return rule
    return None


def _is_plain(rule: Redirect) -> bool:
    source, target = rule.source, rule.target
    named = "<" in target.replace(_WILDCARD, "") or (_WILDCARD in target and _WILDCARD not in source)
    plain = _PLAIN_SOURCE.fullmatch(source) and _PLAIN_TARGET.fullmatch(target) and not named
    return bool(plain) and source != target
