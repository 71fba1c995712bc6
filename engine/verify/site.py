"""The live site, as a visitor sees it."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from httpx import AsyncClient, Response

    from engine.publish.manifest import Manifest
    from engine.verify.model import VerifyRequest

RELEASE = "x-windlass-release"
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0  # seconds between tries
_TIMEOUT = 10.0  # seconds for one request


@dataclass(frozen=True)
class Site:
    """Answers of the site that should show ``manifest``; ``deadline`` is on the monotonic clock."""

    url: str
    manifest: Manifest
    local: bool
    client: AsyncClient
    deadline: float

    async def get(self, path: str) -> Response:
        """The answer for ``path`` (unencoded, with a leading slash), redirects not followed.

        Until the deadline it asks again where the site cannot be reached or another release answers:
        CloudFront's places do not all learn of a change at once.

        :raises httpx.HTTPError: the site could not be reached up to the deadline.
        """
        import httpx

        pause = _FIRST_PAUSE
        while True:
            late = time.monotonic() + pause > self.deadline
            try:
                answer = await self.client.get(quote(path, safe="/~!$&'()*+,;=:@"))
                if late or answer.headers.get(RELEASE, self.manifest.release) == self.manifest.release:
                    return answer
            except httpx.HTTPError:
                if late:
                    raise
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)


@asynccontextmanager
async def open_site(request: VerifyRequest) -> AsyncIterator[Site]:
    """A :class:`Site` for the request, with connections of its own."""
    import httpx

    url = urlsplit(request.url)
    where, host = request.url, {}
    if request.local:  # the C library's resolver does not know *.localhost
        where = urlunsplit((url.scheme, f"127.0.0.1:{url.port or 80}", "", "", ""))
        host = {"Host": url.netloc}
    async with httpx.AsyncClient(
        base_url=where, headers=host, timeout=_TIMEOUT, trust_env=not request.local
    ) as client:
        deadline = time.monotonic() + request.seconds
        yield Site(request.url, request.manifest, request.local, client, deadline)
