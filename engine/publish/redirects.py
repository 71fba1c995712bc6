"""Redirect rules as the edge reads them.

Amplify's semantics, from https://docs.aws.amazon.com/amplify/latest/userguide/redirects.html and
https://docs.aws.amazon.com/amplify/latest/userguide/redirect-rewrite-examples.html:

- The rules are tried from the top, and the first that matches decides. 200, 301 and 302 apply whether or not
  a file answers (https://github.com/aws-amplify/amplify-hosting/issues/2739 and /4099), 404 and 404-200
  only where none does.
- ``<*>`` stands for any rest and ``<name>`` for one segment; both, and ``?key=<name>``, may appear in the
  target. ``</expression/>`` is a regular expression, of which nothing is carried over.
- ``https://host`` matches every path of that host, which is appended to the target. With a path (which
  Amplify passes over in silence) the rule is for that path of that host. The host's case does not matter.
- The query string goes along with 301 and 302, unless the source names a value of it or the target has one.
- 200 with another host as the target is a reverse proxy (:mod:`engine.publish.proxies`).
- ``condition: <US>`` is for visitors of that country, by the header ``CloudFront-Viewer-Country``.

Beyond Amplify: ``<*>`` may stand anywhere, once; a 200 rewrite to a file that is not there is passed over; a
redirect of a page to itself is passed over; ``environments`` says where a rule applies.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from engine.errors import Problem
from engine.publish.edge_rule import EdgeRule, Parts, RuleError
from engine.publish.proxies import is_proxy, proxy_of, target_path
from engine.publish.source import ABSOLUTE, PLACEHOLDER, Source, source_of

if TYPE_CHECKING:
    from engine.spec.model import Redirect

_URL_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


def compile_redirect(redirect: Redirect, number: int = 0) -> EdgeRule:
    """The rule that the edge follows for ``redirect``, the one at position ``number`` of the spec.

    :raises RuleError: it makes no sense, or asks for what CloudFront cannot do.
    """
    source = source_of(redirect.source.strip())
    if redirect.status in ("301", "302"):
        return _redirect(redirect, source, number)
    if is_proxy(redirect):
        origin = proxy_of(redirect).origin
        parts = _parts(quote(target_path(redirect), safe=f"{_URL_SAFE}<>"), source.names)
        return replace(_rule(redirect, source, parts, number), path=source.raw, exact="", origin=origin)
    _refuse_absolute(redirect)
    path = unquote(re.split("[?#]", redirect.target.strip())[0]).lstrip("/")
    return _rule(redirect, source, _parts(path, source.names), number)


def describe(redirect: Redirect) -> str:
    """The rule in one line, for messages."""
    more = f" {redirect.condition}" if redirect.condition else ""
    return f"{redirect.source} -> {redirect.target} ({redirect.status}{more})"


def problem(error: RuleError, redirect: Redirect, position: int) -> Problem:
    """``error`` as a problem of the rule at ``position`` (from 0) of the spec's ``redirects``."""
    message = f"redirect {describe(redirect)}: {error.message}"
    return Problem(error.rule, message, hint=error.hint, key=f"redirects[{position}]")


def _refuse_absolute(redirect: Redirect) -> None:
    if ABSOLUTE.match(redirect.target.strip()):
        raise RuleError(
            "redirect-proxy",
            f"status {redirect.status} cannot fetch from another host",
            "use 200 (reverse proxy), 301 or 302, or a path of this site as the target",
        )


def _redirect(redirect: Redirect, source: Source, number: int) -> EdgeRule:
    before, _, fragment = redirect.target.strip().partition("#")
    if before.startswith("//"):
        before = f"https:{before}"
    elif not ABSOLUTE.match(before):
        before = f"/{before.lstrip('/')}"
    if source.takes_rest and "?" not in before and "<*>" not in before:
        before = f"{before.rstrip('/')}/<*>"
    parts = _parts(before, source.names)
    quoted = tuple(quote(part, safe=_URL_SAFE) if isinstance(part, str) else part for part in parts)
    return replace(
        _rule(redirect, source, quoted, number),
        keeps_query=not source.query and "?" not in before,
        fragment=f"#{quote(fragment, safe=_URL_SAFE)}" if fragment else "",
    )


def _rule(redirect: Redirect, source: Source, target: Parts, number: int) -> EdgeRule:
    return EdgeRule(
        redirect.status,
        source.path,
        target,
        source.host,
        source.query,
        exact=source.exact,
        prefix=source.prefix,
        country=(redirect.condition or "").strip("<>"),
        number=number,
    )


def _parts(text: str, names: tuple[str, ...]) -> Parts:
    pieces: list[str | int] = list(PLACEHOLDER.split(text))
    for position in range(1, len(pieces), 2):
        if (name := pieces[position]) not in names:
            raise RuleError(
                "redirect-placeholder",
                f"the target uses <{name}>, which the source does not have",
                "name it in the source; nothing is carried over from a regular expression",
            )
        pieces[position] = names.index(str(name))
    return tuple(piece for piece in pieces if piece != "")
