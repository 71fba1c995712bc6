"""What the checks of a backend work with."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.clients import Clients

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import ExitStack

    from engine.publish.manifest import Manifest
    from engine.spec.backend.backend import Backend
    from engine.target import Target
    from engine.verify.web import Answer


@dataclass(frozen=True)
class BackendRequest:
    """The backend to look at: its section of the spec, the ``outputs`` of its stack and where it is.

    ``foreign`` are the outputs of the app's other environments by their names, ``manifest`` is of the release
    that is live, ``page`` gets a path of the site.
    """

    spec: Backend
    outputs: Mapping[str, str]
    target: Target
    manifest: Manifest
    page: Callable[[str], Answer]
    foreign: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Credentials:
    """Those of a user at AWS; ``identity`` is their id in the identity pool."""

    identity: str
    key: str
    secret: str = field(repr=False)
    session: str = field(repr=False)


@dataclass(frozen=True)
class User:
    """A throw-away user of the pool."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Session:
    """What a user has who is signed in. ``credentials`` are None where the pool gives none."""

    id_token: str = field(repr=False)
    credentials: Credentials | None = None


@dataclass
class Visit:
    """One look at a backend. The checks run one after another; what they make they undo by ``cleanup``.

    ``user`` is there from when the check ``sign-up`` passed, ``session`` from when ``sign-in`` did. ``busy``
    is held by a check, so that it ends before anything is cleaned up.
    """

    request: BackendRequest
    cleanup: ExitStack
    user: User | None = None
    session: Session | None = None
    clients: Clients = field(default_factory=Clients)
    busy: threading.Lock = field(default_factory=threading.Lock)

    def client(self, service: str) -> Any:
        """The boto3 client of ``service``, with the caller's own credentials."""
        return self.clients.get(self.request.target, service)

    def output(self, name: str) -> str:
        """An output of the stack."""
        return self.request.outputs[name]
