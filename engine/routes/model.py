"""What is asked of the rules, and what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

from engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATH = "/%!$&'()*+,;=:@~-._"


@dataclass(frozen=True, slots=True)
class Question:
    """A request of a visitor: ``path`` as it is sent, percent-encoded, ``query`` in pairs."""

    url: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    host: str = ""
    country: str = ""
    method: str = "GET"

    @property
    def event(self) -> dict[str, object]:
        """The request as CloudFront hands it to a function.

        https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
        """
        headers = {"host": self.host, "cloudfront-viewer-country": self.country}
        query: dict[str, list[str]] = {}
        for name, value in self.query:
            query.setdefault(name, []).append(value)
        return {
            "method": self.method,
            "uri": self.path,
            "querystring": {name: _values(values) for name, values in query.items()},
            "headers": {name: {"value": value} for name, value in headers.items() if value},
            "cookies": {},
        }


@dataclass(frozen=True, slots=True)
class RouteOutcome:
    """What would happen to a request for ``url``.

    ``kind`` is ``redirect`` (to ``target``), ``file`` (of the release), ``proxy`` (``target`` is fetched) or
    ``generated`` (the edge answers by itself: ``target`` is the text). ``rule`` is the one that did it, in
    words, empty where none did; ``where`` is its ``file:line``. ``headers`` are those that header rules add,
    ``reads`` the keys that the edge reads for the request.
    """

    url: str
    status: int
    kind: str
    target: str
    rule: str = ""
    where: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    reads: int = 0


def question(url: str, *, host: str = "", country: str = "", method: str = "GET") -> Question:
    """The question of a path or an address such as ``https://notes.example.com/old?a=1``.

    ``host`` is who is asked where the address names nobody. Raises UsageError for what is neither.
    """
    parts = urlsplit(url)
    if not url.startswith(("/", "http://", "https://")) or (parts.scheme and not parts.netloc):
        raise UsageError(f"{url!r} is no URL", hint="Write a path (/old/page) or https://host/path.")
    path = parts.path if not url.startswith("//") else url.partition("?")[0].partition("#")[0]
    return Question(
        url,
        quote(path or "/", safe=_PATH),
        tuple(
            (quote(name, safe=_PATH), quote(value, safe=_PATH))
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        ),
        parts.netloc if parts.scheme else host,
        country.upper().strip("<>"),
        method.upper(),
    )


def _values(values: list[str]) -> dict[str, object]:
    first: dict[str, object] = {"value": values[0]}
    return {**first, "multiValue": [{"value": value} for value in values]} if len(values) > 1 else first
