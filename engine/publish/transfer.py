"""Carries out one move: uploads, copies or compares a single file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from engine.publish.content import PART, PARTS_AT_ONCE

if TYPE_CHECKING:
    from obstore import Attributes
    from obstore.store import ObjectStore

    from engine.publish.content import Content
    from engine.publish.many import Budget
    from engine.publish.moves import Move

_REQUEST = 64 * 1024  # what a request holds besides its body, so that tiny files count too

Outcome = Literal["uploaded", "copied", "kept", "conflict"]


@dataclass(frozen=True)
class Transfer:
    """The way of ``content`` into the bucket ``store``; ``budget`` bounds the bytes in flight."""

    store: ObjectStore
    content: Content
    budget: Budget

    async def run(self, move: Move) -> Outcome:
        """Carry out ``move`` and say what it came to; ``conflict`` has changed nothing.

        :raises PublishError: the file is gone. Errors of the store pass through.
        """
        match move.action:
            case "keep":
                return "kept"
            case "conflict":
                return "conflict"
            case "copy":
                return await self._copy(move)
            case "create":
                return await self._create(move)
            case "put":
                return await self._put(move)

    async def _copy(self, move: Move) -> Outcome:
        try:
            await self.store.copy_async(move.source, move.key)
        except FileNotFoundError:
            return await self._put(move)
        return "copied"

    async def _put(self, move: Move, **mode: Any) -> Outcome:
        async with self.budget.spend(min(move.file.size, PART * PARTS_AT_ONCE) + _REQUEST):
            await self.content.put(self.store, move.key, move.file, _attributes(move), mode)
        return "uploaded"

    async def _create(self, move: Move) -> Outcome:
        from obstore.exceptions import AlreadyExistsError

        # A conditional put is one request, with all of its body in memory.
        if move.file.size > PART or not self.content.conditional:
            return await self._settle(move)
        try:
            return await self._put(move, mode="create")
        except AlreadyExistsError:
            return await self._settle(move)

    async def _settle(self, move: Move) -> Outcome:
        try:
            found = await self.store.get_async(move.key, options={"head": True})
        except FileNotFoundError:
            return await self._put(move)
        if found.meta["size"] != move.file.size or not await self._same(move, found.meta["e_tag"]):
            return "conflict"
        wanted = _attributes(move)
        stored = {name: found.attributes.get(name) for name in wanted}
        return "kept" if stored == wanted else await self._put(move)

    async def _same(self, move: Move, etag: str | None) -> bool:
        # An ETag is the MD5 only of what came in one part and is not encrypted with KMS; otherwise read it.
        # https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
        if etag and etag.strip('"') == await self.content.md5(move.file):
            return True
        digest = hashlib.sha256()
        async for chunk in (await self.store.get_async(move.key)).stream():
            digest.update(chunk)
        return digest.hexdigest() == move.file.sha256


def _attributes(move: Move) -> Attributes:
    # CloudFront hands all of these on to the browser: no more than it needs.
    stored: Attributes = {
        "Content-Type": move.file.content_type,
        "Cache-Control": move.file.cache_control,
    }
    return {**stored, "windlass-status": "404"} if move.not_found else stored
