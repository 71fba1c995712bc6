"""The source of a redirect rule: which requests it is for, and what it captures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote

from engine.publish.edge_rule import RuleError
from engine.publish.patterns import literal

if TYPE_CHECKING:
    from collections.abc import Callable

PLACEHOLDER = re.compile(r"<([^<>/]+)>")
ABSOLUTE = re.compile(r"(?:https?:)?//[^/]", re.IGNORECASE)
_REGEX = re.compile(r"</(.*)/>", re.DOTALL)
_PYTHON_ONLY = re.compile(r"\(\?(?:P|#|\(|[aiLmsux-]+[:)])|\\[AZ]")


@dataclass(frozen=True, slots=True)
class Source:
    """``path`` is a regular expression, ``exact`` the one path that it matches (empty where there are more),
    ``prefix`` the decoded text that every path it matches begins with, up to its last ``/``.

    ``raw`` is the expression for the path as it is sent, percent-encoded, and ``pattern`` a pattern of
    CloudFront's cache behaviors that takes in at least all it matches; both empty for an expression of the
    spec.
    """

    path: str
    names: tuple[str, ...]
    host: str = ""
    query: tuple[tuple[str, str | None], ...] = ()
    takes_rest: bool = False
    exact: str = ""
    prefix: str = ""
    raw: str = ""
    pattern: str = ""


def source_of(text: str) -> Source:
    """The source ``text``, as Amplify reads it.

    :raises RuleError: it makes no sense.
    """
    if found := _REGEX.fullmatch(text):
        return Source(_checked(found[1]), ())
    if not ABSOLUTE.match(text):
        return _path_source(text)
    _, _, rest = text.partition("//")
    host, slash, path = rest.partition("/")
    if not path:
        return Source("^/([\\s\\S]*)$", ("*",), host.lower(), takes_rest=True)
    return _path_source(slash + path, host.lower())


def _path_source(text: str, host: str = "") -> Source:
    path, _, query = text.partition("?")
    pieces = PLACEHOLDER.split(f"/{path.lstrip('/')}")
    names = tuple(pieces[1::2])
    if names.count("*") > 1:
        raise RuleError("redirect-wildcard", "the source has more than one <*>", "use <name> for one segment")
    wanted = parse_qsl(query, keep_blank_values=True)
    captured = [PLACEHOLDER.fullmatch(value) for _, value in wanted]
    first = unquote(pieces[0])
    return Source(
        _joined(pieces, lambda piece: literal(unquote(piece)), _group),
        names + tuple(found[1] if found else "" for found in captured),
        host,
        tuple((key, None if found else value) for (key, value), found in zip(wanted, captured, strict=True)),
        exact="" if names else first,
        prefix=first[: first.rfind("/") + 1],
        raw=_joined(pieces, lambda piece: literal(_encoded(piece)), _group),
        pattern=_pattern(pieces),
    )


def _joined(pieces: list[str], text: Callable[[str], str], placeholder: Callable[[str], str]) -> str:
    made = (placeholder(piece) if position % 2 else text(piece) for position, piece in enumerate(pieces))
    return f"^{''.join(made)}$"


def _group(name: str) -> str:
    return "([\\s\\S]*)" if name == "*" else "([^/]+)"


def _encoded(piece: str) -> str:
    return quote(unquote(piece), safe="/-_.!~*'()$&+,;=:@")


def _pattern(pieces: list[str]) -> str:
    # Other characters are not allowed in a path pattern; a star takes them in.
    # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
    texts = (re.sub(r"[^A-Za-z0-9_.$/~\"'@:+&-]", "*", _encoded(piece)) for piece in pieces[::2])
    return re.sub(r"\*+", "*", "*".join(texts))


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
