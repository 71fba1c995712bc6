"""One request, with the standard library: it loads in a tenth of the time of an HTTP library."""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from ssl import SSLContext

_TIMEOUT = 10.0  # seconds of silence

# What a site that cannot be reached raises.
UNREACHABLE = (OSError, HTTPException)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered; the names in ``headers`` are in lower case."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


class Web:
    """Fetches pages; redirects are not followed and a status is never an error.

    ``local`` pages are fetched without a proxy and TLS; others by the proxy that the environment names, and
    with the certificates of ``SSL_CERT_FILE``, else certifi's.
    """

    def __init__(self, *, local: bool) -> None:
        self._opener = urllib.request.OpenerDirector()
        self._opener.add_handler(urllib.request.HTTPHandler())
        if not local:
            self._opener.add_handler(urllib.request.ProxyHandler())
            self._opener.add_handler(urllib.request.HTTPSHandler(context=_tls()))

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """The answer for ``url``. Raises one of :data:`UNREACHABLE`."""
        return self.ask("GET", url, headers)

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """The answer to a request. Raises one of :data:`UNREACHABLE`."""
        # The opener knows http and https only, so no file can be read.
        named = {"User-Agent": "windlass", **headers}
        request = urllib.request.Request(url, body, named, method=method)  # noqa: S310
        with self._opener.open(request, timeout=_TIMEOUT) as answer:
            names = {name.lower(): ", ".join(answer.headers.get_all(name)) for name in answer.headers}
            return Answer(answer.status, names, answer.read())


def _tls() -> SSLContext:
    import os
    import ssl

    import certifi

    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
