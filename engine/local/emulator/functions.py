"""CloudFront Functions with their KeyValueStore, for the emulator's CloudFront.

ministack 1.5.33 runs functions, but knows no ``import cf from 'cloudfront'``: any function that has it
answers 503. This replaces the one step that runs a function. Everything around it (events, order, merging
of headers) stays ministack's, and so does the pool of Node processes.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.local.emulator import origins

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT = Path(__file__).with_name("functions.js")
_SECONDS = 5.0  # CloudFront allows about a millisecond; this ends endless loops
_WORKERS = 2
_EVENTS_PER_WORKER = 100_000
_KEPT = 2  # a worker may still be about to read the file before the newest

_log = logging.getLogger("windlass.functions")


class Functions:
    """Runs published functions. ``folder`` takes one file per content of a store, read by the workers."""

    def __init__(self, folder: Path) -> None:
        from ministack.core.node_pool import NodeWorkerPool

        shutil.rmtree(folder, ignore_errors=True)  # a crash may have left half a file
        folder.mkdir(parents=True)
        self._folder = folder
        # The pool starts a process whenever none is free. A page asks for six files at once, and starting
        # Node takes longer than running a function, so they wait for the two that are warm.
        self._turn = asyncio.Semaphore(_WORKERS)
        self._pool = NodeWorkerPool(
            _SCRIPT.read_text(encoding="utf-8"),
            log_prefix="function",
            logger=_log,
            timeout=_SECONDS,
            recycle_after=_EVENTS_PER_WORKER,
            max_idle=_WORKERS,
        )

    async def run(self, function_arn: str, event: dict[str, Any]) -> Any:
        """What the published function returns for ``event``.

        Takes the place of ministack's ``cloudfront._run_function`` and, like it, raises its
        ``CloudFrontFunctionError``, which becomes a 503.
        """
        from ministack.core.node_pool import NodeWorkerError, NodeWorkerTimeout
        from ministack.services import cloudfront

        body = _published(cloudfront, function_arn)
        if body is None:
            raise cloudfront.CloudFrontFunctionError(f"{function_arn} is not published")
        stores = body.get("kvs_arns") or [None]
        call = {
            "code": body["code"].decode("utf-8"),
            "runtime": body["runtime"],
            "event": event,
            "store": self._store(stores[0]) if stores[0] else None,
        }
        try:
            async with self._turn:
                done = await asyncio.to_thread(self._pool.call, call)
        except (NodeWorkerError, NodeWorkerTimeout) as error:
            raise cloudfront.CloudFrontFunctionError(str(error)) from error
        if done["status"] == "error":
            raise cloudfront.CloudFrontFunctionError(done["message"])
        if "origin" in done:
            origins.choose(done["origin"])
        return done["value"]

    def close(self) -> None:
        """End the Node processes."""
        self._pool.reset()

    def _store(self, arn: str) -> dict[str, str] | None:
        from ministack.services import cloudfront
        from ministack.services import cloudfront_keyvaluestore as data

        record = next((store for store in cloudfront._kvstores.values() if store["ARN"] == arn), None)
        if record is None:
            return None
        held = data._stores.get(arn) or {"etag": "empty", "items": {}}
        changed = record["LastModifiedTime"]
        path = self._file(arn, held["etag"], held["items"])
        return {"path": str(path), "id": record["Id"], "created": changed, "updated": changed}

    def _file(self, arn: str, etag: str, items: Mapping[str, str]) -> Path:
        folder = self._folder / hashlib.sha256(arn.encode()).hexdigest()[:16]
        path = folder / f"{etag}.json"
        if not path.exists():
            folder.mkdir(exist_ok=True)
            path.write_text(json.dumps(items), encoding="utf-8")
            _forget_older(folder)
        return path


def _published(cloudfront: Any, function_arn: str) -> dict[str, Any] | None:
    function = cloudfront._functions.get(function_arn.rsplit("/", 1)[-1])
    if not function or not function.get("live_etag"):
        return None
    body: dict[str, Any] = cloudfront._function_view(function, "LIVE")
    return body


def _forget_older(folder: Path) -> None:
    newest_last = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    for file in newest_last[:-_KEPT]:
        file.unlink()
