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

Beyond Amplify: ``<*>`` may stand anywhere, once; a 200 rewrite to a file that is not there is passed over; a
redirect of a page to itself is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote

from engine.errors import Problem
from engine.publish.patterns import literal

if TYPE_CHECKING:
    from engine.spec.model import Redirect

_PLACEHOLDER = re.compile(r"<([^<>/]+)>")
_REGEX = re.compile(r"</(.*)/>", re.DOTALL)
_ORIGIN = re.compile(r"(?:https?:)?//[^/]", re.IGNORECASE)
_PYTHON_ONLY = re.compile(r"\(\?(?:P|#|\(|[aiLmsux-]+[:)])|\\[AZ]")
_URL_SAFE = "%/:?#[]@!$&'()*+,;=~-._"

Parts = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """One rule, compiled. ``path`` is a regular expression for the decoded path, with its first ``/``.

    ``target`` is text and numbers, a number being what the placeholder of that position captured: first those
    of the path, then those of ``query``, whose value None captures and any other must be equal.
    """

    status: str
    path: str
    target: Parts
    host: str = ""
    query: tuple[tuple[str, str | None], ...] = ()
    keeps_query: bool = False
    fragment: str = ""

    def to_json(self) -> dict[str, Any]:
        """What the KeyValueStore holds: short keys, and only those that say something."""
        fields = {
            "s": self.status,
            "p": self.path,
            "t": self.target,
            "h": self.host,
            "q": self.query,
            "k": int(self.keeps_query),
            "f": self.fragment,
        }
        return {key: value for key, value in fields.items() if value or key == "t"}


class RuleError(ValueError):
    """A rule that cannot be compiled. ``problem`` has everything but the rule's name and place."""

    def __init__(self, rule: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint


@dataclass(frozen=True, slots=True)
class _Source:
    path: str
    names: tuple[str, ...]
    host: str = ""
    query: tuple[tuple[str, str | None], ...] = ()
    takes_rest: bool = False


def compile_redirect(redirect: Redirect) -> EdgeRule:
    """The rule that the edge follows for ``redirect``.

    :raises RuleError: it makes no sense, or asks for what the edge cannot do yet: to fetch from another host
        (200 with an absolute target) or to tell countries apart (``condition``).
    """
    _refuse_unsupported(redirect)
    source = _source(redirect.source.strip())
    if redirect.status in ("301", "302"):
        return _redirect(redirect, source)
    path = unquote(re.split("[?#]", redirect.target.strip())[0]).lstrip("/")
    return EdgeRule(redirect.status, source.path, _parts(path, source.names), source.host, source.query)


def describe(redirect: Redirect) -> str:
    """The rule in one line, for messages."""
    return f"{redirect.source} -> {redirect.target} ({redirect.status})"


def problem(error: RuleError, redirect: Redirect, position: int) -> Problem:
    """``error`` as a problem of the rule at ``position`` (from 0) of the spec's ``redirects``."""
    message = f"redirect {describe(redirect)}: {error.message}"
    return Problem(error.rule, message, hint=error.hint, key=f"redirects[{position}]")


def _refuse_unsupported(redirect: Redirect) -> None:
    if redirect.condition:
        raise RuleError(
            "redirect-condition",
            "a condition by country is not supported yet",
            "remove `condition`, or decide in the app",
        )
    if redirect.status not in ("301", "302") and _ORIGIN.match(redirect.target.strip()):
        raise RuleError(
            "redirect-proxy",
            f"status {redirect.status} cannot fetch from another host yet",
            "use status 301 or 302, or a path of this site as the target",
        )


def _redirect(redirect: Redirect, source: _Source) -> EdgeRule:
    before, _, fragment = redirect.target.strip().partition("#")
    if before.startswith("//"):
        before = f"https:{before}"
    elif not _ORIGIN.match(before):
        before = f"/{before.lstrip('/')}"
    if source.takes_rest and "?" not in before and "<*>" not in before:
        before = f"{before.rstrip('/')}/<*>"
    parts = _parts(before, source.names)
    return EdgeRule(
        redirect.status,
        source.path,
        tuple(quote(part, safe=_URL_SAFE) if isinstance(part, str) else part for part in parts),
        source.host,
        source.query,
        keeps_query=not source.query and "?" not in before,
        fragment=f"#{quote(fragment, safe=_URL_SAFE)}" if fragment else "",
    )


def _source(text: str) -> _Source:
    if found := _REGEX.fullmatch(text):
        return _Source(_checked(found[1]), ())
    if not _ORIGIN.match(text):
        return _path_source(text)
    _, _, rest = text.partition("//")
    host, slash, path = rest.partition("/")
    if not path:
        return _Source("^/([\\s\\S]*)$", ("*",), host.lower(), takes_rest=True)
    source = _path_source(slash + path)
    return _Source(source.path, source.names, host.lower(), source.query)


def _path_source(text: str) -> _Source:
    path, _, query = text.partition("?")
    pieces = _PLACEHOLDER.split(f"/{path.lstrip('/')}")
    names = tuple(pieces[1::2])
    if names.count("*") > 1:
        raise RuleError("redirect-wildcard", "the source has more than one <*>", "use <name> for one segment")
    expression = "".join(
        literal(unquote(piece)) if position % 2 == 0 else _group(piece)
        for position, piece in enumerate(pieces)
    )
    wanted = parse_qsl(query, keep_blank_values=True)
    captured = [_PLACEHOLDER.fullmatch(value) for _, value in wanted]
    return _Source(
        f"^{expression}$",
        names + tuple(found[1] if found else "" for found in captured),
        query=tuple(
            (key, None if found else value) for (key, value), found in zip(wanted, captured, strict=True)
        ),
    )


def _group(name: str) -> str:
    return "([\\s\\S]*)" if name == "*" else "([^/]+)"


def _parts(text: str, names: tuple[str, ...]) -> Parts:
    pieces: list[str | int] = list(_PLACEHOLDER.split(text))
    for position in range(1, len(pieces), 2):
        if (name := pieces[position]) not in names:
            raise RuleError(
                "redirect-placeholder",
                f"the target uses <{name}>, which the source does not have",
                "name it in the source; nothing is carried over from a regular expression",
            )
        pieces[position] = names.index(str(name))
    return tuple(piece for piece in pieces if piece != "")


def _checked(expression: str) -> str:
    try:
        if python := _PYTHON_ONLY.search(expression):
            raise re.error(f"{python[0]} means nothing in JavaScript")
        re.compile(expression.replace("(?<", "(?P<").replace("(?P<=", "(?<=").replace("(?P<!", "(?<!"))
    except re.error as error:
        raise RuleError(
            "redirect-expression",
            f"not a valid regular expression: {error}",
            "write it as JavaScript does, between </ and />",
        ) from error
    return expression
