"""The live site, as a visitor sees it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from engine.verify.model import is_local
from engine.verify.web import UNREACHABLE, Web

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.publish.manifest import Manifest
    from engine.verify.model import VerifyRequest
    from engine.verify.web import Answer

RELEASE = "x-windlass-release"
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0  # seconds between tries


@dataclass(frozen=True)
class Site:
    """Answers of the site that should show ``manifest``; ``deadline`` is on the monotonic clock.

    ``where`` is the origin to connect to, ``headers`` are sent with every request, ``seen`` are the answers.
    """

    url: str
    manifest: Manifest
    local: bool
    web: Web
    deadline: float
    where: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    seen: dict[str, Answer] = field(default_factory=dict)

    async def get(self, path: str) -> Answer:
        """The answer for ``path`` (unencoded, with a leading slash), redirects not followed. A path is asked
        for once.

        Until the deadline it asks again where the site cannot be reached or another release answers:
        CloudFront's places do not all learn of a change at once. Raises one of UNREACHABLE if the site could
        not be reached up to the deadline.
        """
        if path not in self.seen:
            self.seen[path] = await self._asked(path, self.headers, self._is_of_release)
        return self.seen[path]

    async def get_as_stranger(self, path: str) -> Answer:
        """As :meth:`get`, without the login; asks again until the deadline where it is let in."""
        headers = {name: value for name, value in self.headers.items() if name != "Authorization"}
        return await self._asked(path, headers, lambda answer: answer.status_code == 401)

    def _is_of_release(self, answer: Answer) -> bool:
        return answer.headers.get(RELEASE, self.manifest.release) == self.manifest.release

    async def _asked(
        self, path: str, headers: Mapping[str, str], settled: Callable[[Answer], bool]
    ) -> Answer:
        url = self.where + quote(path, safe="/~!$&'()*+,;=:@")
        pause = _FIRST_PAUSE
        while True:
            late = time.monotonic() + pause > self.deadline
            try:
                answer = await asyncio.to_thread(self.web.get, url, headers)
                if late or settled(answer):
                    return answer
            except UNREACHABLE:
                if late:
                    raise
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)


def site_of(request: VerifyRequest) -> Site:
    """The site that the request is about."""
    where, headers = reachable(request.url)
    return Site(
        url=request.url,
        manifest=request.manifest,
        local=request.local,
        web=Web(local=request.local),
        deadline=time.monotonic() + request.seconds,
        where=where,
        headers={**(request.gate.header if request.gate else {}), **headers},
    )


def reachable(url: str) -> tuple[str, dict[str, str]]:
    """The origin to connect to for ``url``, and the headers that say which host is meant.

    On this machine they differ: the C library's resolver does not know ``*.localhost``.
    """
    parts = urlsplit(url)
    if not is_local(url):
        return urlunsplit((parts.scheme, parts.netloc, "", "", "")), {}
    return f"{parts.scheme}://127.0.0.1:{parts.port or 80}", {"Host": parts.netloc}
