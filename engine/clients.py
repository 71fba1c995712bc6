"""boto3 clients, made once for a verb: loading boto3 and making the first one takes a fifth of a second."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from engine.target import client

if TYPE_CHECKING:
    from engine.target import Target


class Clients:
    """Clients by target and service, shared by all threads (boto3 clients are safe to share)."""

    def __init__(self) -> None:
        self._made: dict[tuple[Target, str], Any] = {}
        self._lock = threading.Lock()

    def get(self, target: Target, service: str) -> Any:
        """The client of ``service`` at ``target``; blocks while it is made. Raises what boto3 raises."""
        with self._lock:
            if (target, service) not in self._made:
                self._made[target, service] = client(target, service)
            return self._made[target, service]

    def warm(self, target: Target, service: str) -> None:
        """Begin to make the client in the background, for a :meth:`get` to come."""
        threading.Thread(target=self._tried, args=(target, service), daemon=True).start()

    def _tried(self, target: Target, service: str) -> None:
        with suppress(Exception):  # `get` will raise it where it can be told
            self.get(target, service)
