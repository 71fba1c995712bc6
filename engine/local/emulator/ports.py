"""Which port the emulator of a project listens on."""

from __future__ import annotations

import socket
from itertools import chain

from engine.errors import LocalTargetError

FIRST = 4610
_TRIED = 200


def choose(wanted: int | None, recorded: int | None) -> int:
    """``wanted`` as it is; else ``recorded`` if it is free; else the first free one from 4610 on.

    Raises LocalTargetError if ``wanted`` is taken.
    """
    if wanted is not None:
        if wanted and not free(wanted):
            raise LocalTargetError(f"port {wanted} is taken", hint="choose another one, or leave it out")
        return wanted
    for port in chain([recorded or FIRST], range(FIRST, FIRST + _TRIED)):
        if free(port):
            return port
    raise LocalTargetError(f"no port from {FIRST} to {FIRST + _TRIED - 1} is free")


def free(port: int) -> bool:
    """Whether a server could listen on ``port`` of 127.0.0.1 now."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
